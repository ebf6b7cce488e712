package dev.aquifer.webhook.inject;

/**
 * A place where a container mounts a volume (core/v1 VolumeMount), or finds one as a block device.
 *
 * @param subPath the path within the volume; empty is its root
 */
record VolumeMount(String volume, MountPath mountPath, String subPath, boolean readOnly, boolean device) {
    VolumeMount(String volume, MountPath mountPath, String subPath, boolean readOnly) {
        this(volume, mountPath, subPath, readOnly, false);
    }
}
