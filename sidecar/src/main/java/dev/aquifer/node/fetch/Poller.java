package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetEntry;
import dev.aquifer.node.local.DatasetOrigins;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Fills;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the origins of complete datasets for newer snapshots, and has those filled: in the background, for pods to come. */
final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Of the time in which the source is looked at again: how stale a node may be beyond that. */
    private static final int PARTS = 4;

    private final Datasets datasets;
    private final LiveDatasets live;
    private final DatasetOrigins origins;
    private final Fills fills;
    private final InstantSource clock;
    private final Map<DatasetId, Instant> next = new ConcurrentHashMap<>();
    private final Set<DatasetId> asking = ConcurrentHashMap.newKeySet();

    Poller(Datasets datasets, LiveDatasets live, DatasetOrigins origins, Fills fills, InstantSource clock) {
        this.datasets = datasets;
        this.live = live;
        this.origins = origins;
        this.fills = fills;
        this.clock = clock;
    }

    /** Asks all whose time has come, each on a thread of its own. */
    void run() {
        next.keySet().removeIf(id -> datasets.find(id) == null);
        for (Dataset dataset : datasets.all()) {
            DatasetEntry entry = live.find(dataset.id());
            SnapshotId current = dataset.current();
            if (entry == null
                    || current == null
                    || !dataset.connection().canFetch()
                    || dataset.job() != null
                    || clock.instant().isBefore(next.getOrDefault(dataset.id(), Instant.MIN))
                    || !asking.add(dataset.id())) {
                continue;
            }
            next.put(dataset.id(), clock.instant().plus(interval(entry.refresh())));
            Thread.ofVirtual().name("poll-" + dataset.id()).start(() -> ask(dataset, current));
        }
    }

    static Duration interval(Duration refresh) {
        Duration part = refresh.dividedBy(PARTS);
        if (part.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return part.compareTo(LONGEST) > 0 ? LONGEST : part;
    }

    private void ask(Dataset dataset, SnapshotId current) {
        try (OriginClient origin = origins.of(dataset)) {
            if (dataset.contact().ask(origin, null, Duration.ZERO) instanceof SnapshotAnswer.Ready ready
                    && !ready.snapshot().equals(current)) {
                LOG.info("event=newer-snapshot dataset={} snapshot={}", dataset.id(), ready.snapshot());
                dataset.ensure(fills::unasked);
            }
        } catch (IOException away) {
            // what is complete goes on serving, and the contact has said so
            LOG.debug("event=not-polled dataset={} error=\"{}\"", dataset.id(), away.getMessage());
        } finally {
            asking.remove(dataset.id());
        }
    }
}
