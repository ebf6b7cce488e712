package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.DatasetId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which snapshot goes first: the one whose last mount is longest ago, never one in use or of a dataset being filled. */
public final class EvictionRule {
    private static final Comparator<SnapshotState> OLDEST = Comparator.comparing(SnapshotState::lastMounted)
            .thenComparing(state -> state.dataset().value())
            .thenComparing(state -> state.snapshot().hex());

    private EvictionRule() {}

    /**
     * The next to go, one at a time: what one frees is known only once it is gone, since snapshots share files.
     *
     * @param filling datasets whose snapshots are being taken as a base
     * @return null when nothing may go
     */
    public static @Nullable SnapshotState next(Collection<SnapshotState> snapshots, Set<DatasetId> filling) {
        return snapshots.stream()
                .filter(state -> !state.inUse() && !filling.contains(state.dataset()))
                .min(OLDEST)
                .orElse(null);
    }
}
