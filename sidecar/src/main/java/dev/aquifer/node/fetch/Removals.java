package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.ChunkWorker;
import dev.aquifer.node.local.Accounts;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.local.Room;
import dev.aquifer.node.retry.RetryPause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets old snapshots and dropped datasets go, and what is unused while the disk is too full, on a thread of its own: one of
 * millions of files takes minutes, and the rest of the upkeep does not wait.
 */
final class Removals {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);
    /** A dataset that is not listed for so long is not coming back. */
    private static final Duration DROPPED_AFTER = Duration.ofMinutes(10);

    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);
    private static final Duration TRIED_AGAIN_AFTER_AT_MOST = Duration.ofDays(1);

    private final Datasets datasets;
    private final LiveDatasets live;
    private final Evictor evictor;
    private final Room room;
    private final Accounts accounts;
    private final Attempts attempts;
    private final InstantSource clock;
    private final Map<DatasetId, Instant> missingSince = new HashMap<>();
    private final AtomicBoolean running = new AtomicBoolean();
    /** Longer after each try that finds something left, for each has a dataset counted anew. */
    private final RetryPause pause = new RetryPause(TRIED_AGAIN_AFTER, TRIED_AGAIN_AFTER_AT_MOST);

    private Instant nextTry;
    private boolean left;

    Removals(
            Datasets datasets,
            LiveDatasets live,
            Evictor evictor,
            Room room,
            Accounts accounts,
            Attempts attempts,
            InstantSource clock) {
        this.datasets = datasets;
        this.live = live;
        this.evictor = evictor;
        this.room = room;
        this.accounts = accounts;
        this.attempts = attempts;
        this.clock = clock;
        this.nextTry = clock.instant().plus(pause.next());
    }

    /** Begins, unless the last has not ended. */
    void begin() {
        if (running.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("remove").start(this::run);
        }
    }

    /** On the calling thread, which gets the priority of such work. */
    void run() {
        try {
            ChunkWorker.behave();
            removeDropped();
            for (Dataset dataset : List.copyOf(datasets.all())) {
                attempts.run("remove-old", dataset.id(), () -> evictor.removeOld(dataset));
            }
            tryAgain();
            attempts.run("keep-disk-free", room::keepDiskFree);
        } finally {
            running.set(false);
        }
    }

    /** Goes on with removals that failed: often it was something of a moment. */
    private void tryAgain() {
        Instant now = clock.instant();
        if (now.isBefore(nextTry)) {
            return;
        }
        left = false;
        for (Dataset dataset : List.copyOf(datasets.all())) {
            attempts.run("clean", dataset.id(), () -> goOnRemoving(dataset));
        }
        attempts.run("remove-forgotten", datasets::removeForgotten);
        if (!left) {
            pause.reset();
        }
        nextTry = now.plus(pause.next());
    }

    private void goOnRemoving(Dataset dataset) throws IOException {
        left |= dataset.folder().hasRetired();
        accounts.goOnRemoving(dataset);
    }

    private void removeDropped() {
        if (!live.isWhole()) {
            missingSince.clear();
            return;
        }
        missingSince.keySet().removeIf(id -> live.find(id) != null);
        for (Dataset dataset : List.copyOf(datasets.all())) {
            if (live.find(dataset.id()) == null) {
                Instant since = missingSince.computeIfAbsent(dataset.id(), _ -> clock.instant());
                if (!clock.instant().isBefore(since.plus(DROPPED_AFTER))) {
                    attempts.run("remove-dropped", dataset.id(), () -> remove(dataset));
                }
            }
        }
    }

    private void remove(Dataset dataset) throws IOException {
        while (evictor.evictOneOf(dataset.id())) {
            // until what is left is in use
        }
        String away = datasets.forget(dataset, accounts::forget);
        if (away != null) {
            missingSince.remove(dataset.id());
            attempts.forget(dataset.id());
            datasets.remove(dataset, away);
            LOG.info("event=dataset-removed dataset={}", dataset.id());
        }
    }
}
