package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.transfer.LeftOut;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an origin last said of its source.
 *
 * @param newest its newest snapshot; null while it has named none
 * @param takenAt when the source was first seen to be like that, by the origin's clock
 * @param heard when it last answered; null if it never did
 * @param goneSince when it first gave no answer any more; null while it answers
 * @param leftOut what is in the source and in no snapshot
 * @param changing files that a fill waits for, because they change again and again
 * @param mountPoints directories that pods mount other volumes on
 */
public record OriginNews(
        @Nullable SnapshotId newest,
        @Nullable Instant takenAt,
        @Nullable Instant heard,
        @Nullable Instant goneSince,
        List<LeftOut> leftOut,
        List<DatasetPath> changing,
        List<DatasetPath> mountPoints) {
    public static final OriginNews NONE = new OriginNews(null, null, null, null, List.of(), List.of(), List.of());

    public OriginNews {
        leftOut = List.copyOf(leftOut);
        changing = List.copyOf(changing);
        mountPoints = List.copyOf(mountPoints);
    }

    OriginNews answered(SnapshotAnswer answer, Instant now) {
        return switch (answer) {
            case SnapshotAnswer.Ready ready -> {
                // an origin looks again and again: what it found the same is no news
                boolean known = ready.snapshot().equals(newest);
                yield new OriginNews(
                        ready.snapshot(),
                        known ? takenAt : ready.takenAt(),
                        now,
                        null,
                        ready.leftOut(),
                        ready.changing(),
                        ready.mountPoints());
            }
            case SnapshotAnswer.Walking _ -> new OriginNews(newest, takenAt, now, null, leftOut, changing, mountPoints);
            case SnapshotAnswer.Refused refused ->
                new OriginNews(newest, takenAt, now, null, refused.leftOut(), List.of(), mountPoints);
        };
    }

    OriginNews silent(Instant now) {
        return new OriginNews(
                newest, takenAt, heard, goneSince == null ? now : goneSince, leftOut, changing, mountPoints);
    }
}
