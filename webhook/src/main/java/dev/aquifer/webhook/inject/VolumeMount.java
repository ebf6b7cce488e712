package dev.aquifer.webhook.inject;

/**
 * A place where a container mounts a volume (core/v1 VolumeMount).
 *
 * @param subPath the path within the volume; empty is its root
 */
record VolumeMount(String volume, MountPath mountPath, String subPath, boolean readOnly) {}
