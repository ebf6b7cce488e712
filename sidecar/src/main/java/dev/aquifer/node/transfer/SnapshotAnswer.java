package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import java.time.Instant;
import java.util.List;

/** What an origin says when it is asked for its newest snapshot. */
public sealed interface SnapshotAnswer {
    /**
     * There is one (HTTP 200).
     *
     * @param takenAt when the walk or the last look began that it came from, by the origin's clock
     * @param leftOut what is in the source but not in the snapshot
     * @param changing listed files that were found changed again and again: a fill waits for them
     * @param mountPoints directories that pods mount other volumes on, in the snapshot or not
     */
    record Ready(
            SnapshotRoot root,
            Instant takenAt,
            List<LeftOut> leftOut,
            List<DatasetPath> changing,
            List<DatasetPath> mountPoints)
            implements SnapshotAnswer {
        public Ready {
            leftOut = List.copyOf(leftOut);
            changing = List.copyOf(changing);
            mountPoints = List.copyOf(mountPoints);
        }

        /** The same with other mount points. */
        public Ready withMountPoints(List<DatasetPath> others) {
            return new Ready(root, takenAt, leftOut, changing, others);
        }

        public SnapshotId snapshot() {
            return SnapshotId.of(root);
        }
    }

    /**
     * The first walk is on its way (HTTP 503 with Retry-After).
     *
     * @param entries found so far
     */
    record Walking(long entries) implements SnapshotAnswer {}

    /**
     * There is none, and the owner must do something (HTTP 409).
     *
     * @param message what was expected, what was found and what to do
     */
    record Refused(String message, List<LeftOut> leftOut) implements SnapshotAnswer {
        public Refused {
            leftOut = List.copyOf(leftOut);
        }
    }
}
