package dev.aquifer.webhook.inject.pod;

import org.jspecify.annotations.Nullable;

/** What a volume of a pod holds, as far as injection tells volumes apart. */
public sealed interface VolumeContent {

    /** A persistentVolumeClaim. */
    record Claim(String claimName, boolean readOnly) implements VolumeContent {}

    /** An emptyDir on the node's own disk; no limit when null. */
    record EmptyDir(@Nullable Quantity sizeLimit) implements VolumeContent {}

    /** A directory of the node. */
    record HostPath(String path) implements VolumeContent {}

    /** A claim that is made for the pod and named after it: {@code pod-volume}. */
    record Ephemeral() implements VolumeContent {}

    /** Anything else. */
    record Other() implements VolumeContent {}
}
