package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.origin.DatasetEntry;
import dev.aquifer.webhook.origin.DatasetList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The datasets that looks at volumes found, and the entries that follow from them. */
final class FoundDatasets {
    private final DatasetKeys keys;
    private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();
    private final Set<String> looked = ConcurrentHashMap.newKeySet();

    FoundDatasets(DatasetKeys keys) {
        this.keys = keys;
    }

    /** Notes what a look at a volume found; null for nothing new. */
    void note(String volumeUid, @Nullable Dataset dataset) {
        if (dataset != null) {
            Dataset before = datasets.put(volumeUid, dataset);
            if (before != null && !before.id().equals(dataset.id())) {
                keys.forget(before.id());
            }
        }
        looked.add(volumeUid);
    }

    /** The volume is gone. */
    void forget(String volumeUid) {
        Dataset dataset = datasets.remove(volumeUid);
        if (dataset != null) {
            keys.forget(dataset.id());
        }
        looked.remove(volumeUid);
    }

    /** The UIDs of the volumes whose dataset it is. */
    List<String> volumesOf(String dataset) {
        return datasets.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(dataset))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether all cached ones were looked at. */
    boolean haveAll(Collection<Shared> volumes) {
        return volumes.stream().noneMatch(shared -> isCached(shared.volume()) && !looked.contains(shared.uid()));
    }

    /**
     * The entry of each volume that has one. Of a volume that cannot be read, and of a dataset that cannot be had for now, it
     * is the one that is there, though an earlier leader wrote it.
     *
     * @param before those that are there
     */
    Map<String, JsonNode> entries(Collection<Shared> volumes, Map<String, JsonNode> before) {
        Map<String, JsonNode> entries = new HashMap<>();
        for (Shared shared : volumes) {
            JsonNode entry = entry(shared, before.get(shared.key()));
            if (entry != null) {
                entries.put(shared.key(), entry);
            }
        }
        return entries;
    }

    private @Nullable JsonNode entry(Shared shared, @Nullable JsonNode before) {
        KnownVolume volume = shared.volume();
        if (volume == null) {
            return before;
        }
        if (!isCached(volume)) {
            return null;
        }
        Dataset dataset = datasets.get(shared.uid());
        return dataset == null ? before : DatasetList.entry(DatasetEntry.of(volume, dataset));
    }

    private static boolean isCached(@Nullable KnownVolume volume) {
        return volume != null && volume.spec().readPath() == ReadPath.Cached;
    }
}
