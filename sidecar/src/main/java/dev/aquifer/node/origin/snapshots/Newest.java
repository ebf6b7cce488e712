package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.walk.Listing;
import dev.aquifer.node.transfer.LeftOutReason;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the source, and so what a node is told.
 *
 * @param listing null before the first walk has ended
 * @param failure why the last walk found no listing; null when it did
 * @param progress what the walks found before there was a listing
 */
record Newest(@Nullable Listing listing, @Nullable String failure, Findings progress) {

    static Newest nothing() {
        return new Newest(null, null, new Findings());
    }

    Newest walking(Findings findings) {
        return listing == null ? new Newest(null, failure, findings) : this;
    }

    Newest listed(Listing next) {
        return new Newest(next, null, progress);
    }

    Newest failed(String why) {
        return new Newest(listing, why, progress);
    }

    boolean is(@Nullable SnapshotId id) {
        return listing != null && listing.id().equals(id);
    }

    SnapshotAnswer answer(OnUnreadable onUnreadable, Collection<DatasetPath> oftenChanged) {
        if (listing == null) {
            return failure == null
                    ? new SnapshotAnswer.Walking(progress.entries())
                    : new SnapshotAnswer.Refused(failure, progress.leftOut());
        }
        var leftOut = listing.leftOut();
        if (onUnreadable == OnUnreadable.FAIL) {
            for (var each : leftOut) {
                if (each.reason() == LeftOutReason.UNREADABLE) {
                    return new SnapshotAnswer.Refused(Refusals.unreadable(each), leftOut);
                }
                if (each.reason() == LeftOutReason.FAILING) {
                    return new SnapshotAnswer.Refused(Refusals.failing(each), leftOut);
                }
            }
        }
        var changing = new ArrayList<>(listing.changing());
        changing.addAll(oftenChanged);
        var named = changing.stream()
                .distinct()
                .sorted(Comparator.comparing(DatasetPath::toString))
                .toList();
        return new SnapshotAnswer.Ready(listing.root(), listing.takenAt(), leftOut, named, List.of());
    }
}
