package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.binder.requests.NotLeadingException;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.origin.DatasetEntry;
import dev.aquifer.webhook.origin.DatasetList;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what all node agents are told: the list of live datasets, and the keys of those that are prefetched. A dataset whose
 * source cannot be had for now stays in the list. At first it is waited until every cached volume was looked at once, but not
 * for long: one that cannot be looked at, whosever it is, keeps nobody else's from being listed.
 */
final class DatasetsKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetsKeeper.class);
    /** So often it is looked whether somebody else changed it. */
    private static final Duration LOOK = Duration.ofSeconds(30);
    /** So long after the first time nothing is written while volumes were not looked at. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DatasetMaps maps;
    private final PrefetchKeys prefetch;
    private final DatasetKeys keys;
    private final boolean agents;
    private final Supplier<Collection<KnownVolume>> volumes;
    private final LongSupplier nanoTime;
    private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();
    private final Set<String> looked = ConcurrentHashMap.newKeySet();
    private @Nullable Long begun;
    private @Nullable Told told;
    private long readAt;
    private String failure = "";

    /** What is in the cluster. */
    private record Told(List<String> files, Map<String, String> keys) {}

    /**
     * Writes nothing before {@link #flush}.
     *
     * @param agents whether there are any; if not, nothing is left for them
     */
    DatasetsKeeper(
            DatasetMaps maps,
            PrefetchKeys prefetch,
            DatasetKeys keys,
            boolean agents,
            Supplier<Collection<KnownVolume>> volumes,
            LongSupplier nanoTime) {
        this.maps = maps;
        this.prefetch = prefetch;
        this.keys = keys;
        this.agents = agents;
        this.volumes = volumes;
        this.nanoTime = nanoTime;
    }

    /** Notes what a look at a volume found. */
    void note(String volumeUid, @Nullable Dataset dataset) {
        if (dataset != null) {
            datasets.put(volumeUid, dataset);
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

    /** Writes what is not as it should be. Never throws: it is called again. */
    void flush() {
        Collection<KnownVolume> known = volumes.get();
        if (isEarly(known)) {
            return;
        }
        try {
            if (agents) {
                tell(known, there());
            } else if (told == null) {
                maps.remove();
                prefetch.remove();
                told = new Told(List.of(), Map.of());
            }
        } catch (NotLeadingException e) {
            // the next leader does it
        } catch (RuntimeException e) {
            String cause = String.valueOf(e.getMessage());
            if (!cause.equals(failure)) {
                LOG.warn("datasets not listed cause=\"{}\"", cause);
            }
            failure = cause;
        }
    }

    /** Later a volume that was not looked at has the entry that it had, or none, as before it was made. */
    private boolean isEarly(Collection<KnownVolume> known) {
        long now = nanoTime.getAsLong();
        if (begun == null) {
            begun = now;
        }
        return now - begun < PATIENCE.toNanos()
                && known.stream().anyMatch(volume -> isCached(volume) && !looked.contains(volume.uid()));
    }

    private static boolean isCached(KnownVolume volume) {
        return volume.spec().readPath() == ReadPath.Cached;
    }

    private Told there() {
        Told before = told;
        if (before == null || nanoTime.getAsLong() - readAt >= LOOK.toNanos()) {
            before = new Told(maps.read(), prefetch.read());
            told = before;
            readAt = nanoTime.getAsLong();
        }
        return before;
    }

    private void tell(Collection<KnownVolume> known, Told before) {
        Map<String, JsonNode> entries = entries(known, before.files);
        List<String> files = DatasetList.files(entries.values(), DatasetMaps.MOST);
        Map<String, String> wanted = prefetched(entries.values(), before.keys);
        if (!files.equals(before.files)) {
            maps.write(files, before.files.size());
            LOG.info("datasets listed files={}", files.size());
        }
        if (!wanted.equals(before.keys)) {
            prefetch.write(wanted);
            LOG.info("keys of prefetched datasets written count={}", wanted.size());
        }
        told = new Told(files, wanted);
    }

    /** The entry of a dataset that cannot be had for now is the one that is there, though an earlier leader wrote it. */
    private Map<String, JsonNode> entries(Collection<KnownVolume> known, List<String> files) {
        Map<String, JsonNode> entries = new HashMap<>();
        Map<String, JsonNode> before = maps.entries(files);
        for (KnownVolume volume : known) {
            Dataset dataset = datasets.get(volume.uid());
            JsonNode entry =
                    dataset == null ? before.get(volume.key()) : DatasetList.entry(DatasetEntry.of(volume, dataset));
            if (isCached(volume) && entry != null) {
                entries.put(volume.key(), entry);
            }
        }
        return entries;
    }

    /** A key that was not seen yet may be there from an earlier leader. */
    private Map<String, String> prefetched(Collection<JsonNode> entries, Map<String, String> before) {
        Map<String, String> wanted = new TreeMap<>();
        for (JsonNode entry : entries) {
            String id = entry.path("id").asText();
            String key = keys.known(id) == null ? before.get(id) : keys.known(id);
            if (entry.path("prefetch").asBoolean() && key != null) {
                wanted.put(id, key);
            }
        }
        return wanted;
    }
}
