package dev.aquifer.webhook.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The annotations of a pod that Aquifer reads or writes. */
public final class PodAnnotations {
    /** Its author names the volumes that it wants. */
    public static final String VOLUMES = "aquifer.dev/volumes";
    /** Its author names the containers that get the mounts. */
    public static final String CONTAINERS = "aquifer.dev/containers";
    /** Its author has it left as it is. */
    public static final String INJECT = "aquifer.dev/inject";
    /** Admission writes what it gave and what it left out, as JSON. */
    public static final String INJECTED = "aquifer.dev/injected";

    /** What {@link #INJECT} says in a pod that is to be left as it is. */
    private static final String NOT = "false";

    /** Of pods of our own, which are to be left as they are. */
    public static final Map<String, String> LEFT_ALONE = Map.of(INJECT, NOT);

    private PodAnnotations() {}

    /**
     * Whether the pod is to be left as it is.
     *
     * @param inject the value of {@link #INJECT}, null without one
     */
    public static boolean optsOut(@Nullable String inject) {
        return NOT.equals(inject);
    }
}
