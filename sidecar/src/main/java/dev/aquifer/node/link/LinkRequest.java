package dev.aquifer.node.link;

import java.time.Duration;

/** What one process of the node asks of the other: one question to a connection. */
public sealed interface LinkRequest {
    /**
     * Asks for a dataset's snapshot. Once the answer is {@link LinkAnswer.Ready}, the snapshot stays until the asker closes
     * the connection. After any other end the target's interest lives on for a while: kubelet asks again only after up to
     * two minutes, and the fill must not stop until then.
     *
     * @param key the dataset's fetch key as kubelet handed it over; it stays out of {@code toString}
     * @param target names who is interested: the path of the mount
     * @param timeout how long to wait for a fill
     */
    record Acquire(VolumeAttributes attributes, String key, String target, Duration timeout) implements LinkRequest {
        public Acquire {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("expected a time to wait of 0 or more, found " + timeout);
            }
        }

        @Override
        public String toString() {
            return "Acquire[%s, %s, %s]".formatted(attributes, target, timeout);
        }
    }

    /** Ends the interest of a target: nothing will be mounted there. */
    record Forget(String target) implements LinkRequest {}

    /**
     * Reports how a publish ended, to be counted.
     *
     * @param outcome {@code OK}, or a gRPC code
     */
    record Published(String outcome, Duration took) implements LinkRequest {}

    /**
     * Asks how a snapshot is.
     *
     * @param directory as in {@link LinkAnswer.Ready}
     */
    record Condition(String directory) implements LinkRequest {}

    /** Asks whether the origin that the attributes name is there. */
    record Reach(VolumeAttributes attributes) implements LinkRequest {}

    /** Asks for all that the process knows of its datasets, as JSON for people and programs. */
    record Status() implements LinkRequest {}

    /** Asks the process that mounts for the roots of what is mounted now. */
    record Mounts() implements LinkRequest {}

    /** Asks the process that mounts for a volume of each dataset that pods have. */
    record Volumes() implements LinkRequest {}
}
