package dev.aquifer.webhook.inject.pod;

/**
 * A place where a container mounts a volume (core/v1 VolumeMount), or finds one as a block device.
 *
 * @param subPath the path within the volume; empty is its root
 */
public record VolumeMount(String volume, MountPath mountPath, String subPath, boolean readOnly, Form form) {

    /** How a container comes by the volume. */
    public enum Form {
        /** As injection mounts it. */
        PLAIN,
        /** Whole, with mounts below it passing in or out. */
        PROPAGATING,
        /** With a subPath that is put together when the container starts. */
        EXPRESSION,
        /** As a block device. */
        DEVICE
    }

    public VolumeMount(String volume, MountPath mountPath, String subPath, boolean readOnly) {
        this(volume, mountPath, subPath, readOnly, Form.PLAIN);
    }
}
