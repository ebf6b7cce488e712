package dev.aquifer.webhook.inject.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a pod.
 *
 * @param pointer where it stands, as a JSON Pointer (RFC 6901) such as {@code /spec/initContainers/0}
 * @param hasMounts whether there is a volumeMounts array to append to
 * @param seLinuxLevel empty when the runtime is to choose one; null when the pod decides
 * @param shallow those of the mounts that are read-only without what is mounted below them being so
 */
public record Container(
        String pointer,
        String name,
        boolean hasMounts,
        @Nullable String seLinuxLevel,
        List<VolumeMount> mounts,
        List<VolumeMount> shallow) {}
