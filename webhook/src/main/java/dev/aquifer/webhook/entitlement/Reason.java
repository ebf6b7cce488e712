package dev.aquifer.webhook.entitlement;

import java.util.Locale;

/** Why a pod was answered as it was: the metric label, the log key and the text in every report. */
public enum Reason {
    /** The pod got its volumes. */
    INJECTED,
    /** The pod has its volumes already. */
    UNCHANGED,
    /** The pod asks for nothing and no accepted owner's volume selects it. */
    NOT_SELECTED,
    /** The pod opted out by annotation. */
    OPTED_OUT,
    /** A mirror of a static pod: kubelet runs the file on its node, whatever the API server stores. */
    MIRROR_POD,
    /** The pod is for Windows nodes, where the mounts of a role cannot be made. */
    WINDOWS,
    /** An annotation of ours cannot be read. */
    INVALID_ANNOTATION,
    /** A volume that is asked for does not exist, or is not granted. */
    NOT_GRANTED,
    /** A volume's name fits several accepted owners. */
    AMBIGUOUS_VOLUME,
    /** Several granted roles fit equally well. */
    AMBIGUOUS_ROLE,
    /** Roles are granted, but the pod takes none of them. */
    NO_ROLE,
    /** The volume is not usable in this namespace. */
    NOT_BOUND,
    /** A directory that the role needs is not there yet. */
    PATHS_NOT_READY,
    /** The annotation lists a container that the pod lacks. */
    UNKNOWN_CONTAINER,
    /** The pod mounts something else at, above or below a path of the volume. */
    PATH_TAKEN,
    /** Two volumes of the pod lie at, above or below each other's path. */
    PATHS_OVERLAP,
    /** The pod names the claim in a way that contradicts its role. */
    CLAIM_TAKEN,
    /** The pod's fsGroup would change the owner of the source's files. */
    FS_GROUP,
    /** The pod's SELinux level would take the source's files from others. */
    SELINUX_LEVEL,
    /** The pod uses a claim of the binder's in another way than admission gives it. */
    GUARDED,
    /** The pod would get more volumes or mounts than a pod can hold. */
    TOO_MANY,
    /** The pod is not of the shape that the API has. */
    MALFORMED_POD,
    /** The review is not one that this server can answer. */
    MALFORMED_REVIEW,
    /** The namespace is not known here yet. */
    UNKNOWN_NAMESPACE,
    /** The server's own fault. */
    INTERNAL;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The reason in kebab case, as metrics, logs and annotations show it. */
    public String label() {
        return label;
    }
}
