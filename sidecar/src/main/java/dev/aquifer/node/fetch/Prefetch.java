package dev.aquifer.node.fetch;

import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Fills datasets before any pod asks for them. Their keys are in a mounted Secret: kubelet brings the others with a pod. */
final class Prefetch {
    /** What was refused is tried again: somebody may have done something. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Path keys;
    private final Fills fills;
    private final InstantSource clock;

    /** @param keys the folder of keys, each file named as its dataset */
    Prefetch(Path keys, Fills fills, InstantSource clock) {
        this.keys = keys;
        this.fills = fills;
        this.clock = clock;
    }

    /** The key of a dataset that is to be prefetched; null while there is none. */
    @Nullable DatasetKey key(DatasetEntry entry) throws IOException {
        Path file = keys.resolve(entry.id().value());
        return entry.prefetch() && Files.exists(file)
                ? DatasetKey.parse(Files.readString(file).strip())
                : null;
    }

    /** Begins a fill where there is nothing and there should be. */
    void look(Dataset dataset, DatasetEntry entry) {
        if (entry.prefetch()
                && dataset.current() == null
                && dataset.connection().canFetch()
                && isDue(dataset.refusal())) {
            dataset.ensure(fills::unasked);
        }
    }

    private boolean isDue(@Nullable Refusal refusal) {
        return refusal == null || !clock.instant().isBefore(refusal.since().plus(RETRY));
    }
}
