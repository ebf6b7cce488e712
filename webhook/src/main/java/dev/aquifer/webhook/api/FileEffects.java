package dev.aquifer.webhook.api;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of the owners and labels of a source's files when a pod mounts it writable.
 *
 * @param fsGroup by a pod's {@code fsGroup}; null when that is not known
 * @param seLinux on nodes with SELinux; null when that is not known
 */
public record FileEffects(
        @Nullable FsGroupEffect fsGroup, @Nullable SeLinuxEffect seLinux) {
    /** Nothing is known. */
    public static final FileEffects UNKNOWN = new FileEffects(null, null);
}
