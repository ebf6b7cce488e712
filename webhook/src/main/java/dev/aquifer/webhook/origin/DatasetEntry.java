package dev.aquifer.webhook.origin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.CacheSpec;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.duration.DurationText;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.paths.CachedPaths;
import dev.aquifer.webhook.paths.LongNames;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What node agents are told of a dataset: that it is, and what of it may change.
 *
 * @param mountPoints the directories that what they present must have
 * @param prefetch the labels of the nodes that fill without being asked, empty for all nodes; null for none
 * @param maxBytes the most that it may take on a node; null for no limit of its own
 */
public record DatasetEntry(
        Dataset dataset,
        List<String> mountPoints,
        Duration refresh,
        @Nullable Map<String, String> prefetch,
        @Nullable Long maxBytes) {
    private static final Duration REFRESH = Duration.ofMinutes(10);

    public DatasetEntry {
        mountPoints = List.copyOf(mountPoints);
        prefetch = prefetch == null ? null : Map.copyOf(prefetch);
    }

    /** The entry of a volume. */
    public static DatasetEntry of(KnownVolume volume, Dataset dataset) {
        CacheSpec cache = volume.spec().cache();
        return new DatasetEntry(
                dataset,
                mountPoints(volume),
                cache == null || cache.refresh() == null ? REFRESH : DurationText.parse(cache.refresh()),
                prefetch(cache),
                cache == null || cache.maxBytes() == null ? null : bytes(cache.maxBytes()));
    }

    /** Of more than can be counted as much as can be. */
    private static long bytes(String quantity) {
        return new Quantity(quantity)
                .getNumericalAmount()
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    private static @Nullable Map<String, String> prefetch(@Nullable CacheSpec cache) {
        return cache == null || !Boolean.TRUE.equals(cache.prefetch())
                ? null
                : Objects.requireNonNullElse(cache.prefetchNodeSelector(), Map.of());
    }

    /** The directories that what nodes present of a volume must have, without those that cannot be: nodes refuse them. */
    static List<String> mountPoints(KnownVolume volume) {
        Stream<String> named = volume.spec().roles().stream()
                .flatMap(role -> role.paths().stream())
                .map(rule -> rule.path())
                .filter(path -> !path.equals("/"));
        Stream<String> written = CachedPaths.of(volume.spec()).written().stream();
        return Stream.concat(named, written)
                .filter(path -> !LongNames.areIn(path))
                .distinct()
                .sorted()
                .toList();
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", dataset.id())
                .put("sharedVolume", dataset.sharedVolume())
                .put("origin", dataset.originUri())
                .put("originAddress", dataset.originAddress());
        mountPoints.forEach(json.putArray("mountPoints")::add);
        json.put("refreshSeconds", refresh.toSeconds())
                .put("prefetch", prefetch != null)
                .put("maxBytes", maxBytes);
        if (prefetch != null && !prefetch.isEmpty()) {
            ObjectNode selector = json.putObject("prefetchNodeSelector");
            new TreeMap<>(prefetch).forEach(selector::put);
        }
        return json;
    }
}
