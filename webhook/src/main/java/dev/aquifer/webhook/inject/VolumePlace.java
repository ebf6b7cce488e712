package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.inject.pod.MountPath;
import org.jspecify.annotations.Nullable;

/** Where a pod has the root of a volume. */
sealed interface VolumePlace {

    /**
     * The volume comes.
     *
     * @param hostPath the pod's volume, a hostPath, in whose place it comes; null for none
     */
    record At(MountPath root, @Nullable String hostPath) implements VolumePlace {}

    /** The pod uses the hostPath in a way that the volume cannot take over; the sentence says what to do. */
    record Nowhere(String message) implements VolumePlace {}
}
