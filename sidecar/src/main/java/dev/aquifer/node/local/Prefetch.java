package dev.aquifer.node.local;

import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills datasets before any pod asks for them. Their keys are in a mounted Secret: kubelet brings the others with a pod. */
public final class Prefetch {
    /** What was refused is tried again: somebody may have done something. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Path keys;
    private final LiveDatasets live;
    private final Fills fills;
    private final InstantSource clock;
    private volatile @Nullable Map<String, String> labels;

    /** @param keys the folder of keys, each file named as its dataset */
    public Prefetch(Path keys, LiveDatasets live, Fills fills, InstantSource clock) {
        this.keys = keys;
        this.live = live;
        this.fills = fills;
        this.clock = clock;
    }

    /** The labels of this node, as the webhook says: an agent has no right to look. */
    public void learn(Map<String, String> told) {
        labels = told;
    }

    /** Whether the labels of this node matter to a dataset that is listed. */
    public boolean asksForLabels() {
        return live.all().stream().anyMatch(entry -> entry.prefetch().isSelective());
    }

    /** Whether this node is to fill it without being asked; not as long as its labels matter and are not known. */
    public boolean isWanted(DatasetEntry entry) {
        return entry.prefetch().selects(Objects.requireNonNullElse(labels, Map.of()));
    }

    /** The datasets that only other nodes are to fill without being asked. */
    public List<DatasetEntry> forOthers() {
        Map<String, String> known = labels;
        return known == null
                ? List.of()
                : live.all().stream()
                        .filter(entry ->
                                entry.prefetch().wanted() && !entry.prefetch().selects(known))
                        .toList();
    }

    /** The key of a dataset that is to be prefetched, here or elsewhere; null while there is none. */
    public @Nullable DatasetKey key(DatasetEntry entry) throws IOException {
        Path file = keys.resolve(entry.id().value());
        return entry.prefetch().wanted() && Files.exists(file)
                ? DatasetKey.parse(Files.readString(file).strip())
                : null;
    }

    /** Begins a fill where there is nothing and there should be. */
    public void look(Dataset dataset, DatasetEntry entry) {
        if (isWanted(entry)
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
