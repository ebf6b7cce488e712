package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.pace.Backoff;
import dev.aquifer.webhook.binder.pace.Pace;
import dev.aquifer.webhook.binder.requests.NotLeadingException;
import dev.aquifer.webhook.origin.DatasetList;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what all node agents are told: the list of live datasets, and the keys of those that are prefetched. A dataset whose
 * source cannot be had for now stays in the list. At first it is waited until every cached volume was looked at once, but not
 * for long: one that cannot be looked at, whosever it is, keeps nobody else's from being listed. Each change is sent to all
 * nodes, so that of one owner's many in a row few are written.
 */
final class DatasetsKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetsKeeper.class);
    /** So often it is looked whether somebody else changed it. */
    private static final Duration LOOK = Duration.ofSeconds(30);
    /** So long after the first time nothing is written while volumes were not looked at. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 1);
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final DatasetMaps maps;
    private final PrefetchKeys prefetch;
    private final DatasetKeys keys;
    private final FoundDatasets found;
    private final boolean agents;
    private final Supplier<Collection<Shared>> volumes;
    private final LongSupplier nanoTime;
    private final Pace pace;
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
     * @param volumes those that are not being deleted
     */
    DatasetsKeeper(
            DatasetMaps maps,
            PrefetchKeys prefetch,
            DatasetKeys keys,
            FoundDatasets found,
            boolean agents,
            Supplier<Collection<Shared>> volumes,
            LongSupplier nanoTime) {
        this.maps = maps;
        this.prefetch = prefetch;
        this.keys = keys;
        this.found = found;
        this.agents = agents;
        this.volumes = volumes;
        this.nanoTime = nanoTime;
        this.pace = new Pace(PAUSES, QUIET, nanoTime);
    }

    /** Writes what is not as it should be. Never throws: it is called again. */
    void flush() {
        Collection<Shared> known = volumes.get();
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
    private boolean isEarly(Collection<Shared> known) {
        long now = nanoTime.getAsLong();
        if (begun == null) {
            begun = now;
        }
        return now - begun < PATIENCE.toNanos() && !found.haveAll(known);
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

    private void tell(Collection<Shared> known, Told before) {
        Map<String, JsonNode> entries = found.entries(known, maps.entries(before.files));
        List<String> files = DatasetList.files(entries.values(), DatasetMaps.MOST);
        Map<String, String> wanted = prefetched(entries.values(), before.keys);
        Told now = new Told(files, wanted);
        if (now.equals(before) || pace.left().isPositive()) {
            return;
        }
        pace.done();
        if (!files.equals(before.files)) {
            maps.write(files, before.files.size());
            LOG.info("datasets listed files={}", files.size());
        }
        if (!wanted.equals(before.keys)) {
            prefetch.write(wanted);
            LOG.info("keys of prefetched datasets written count={}", wanted.size());
        }
        told = now;
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
