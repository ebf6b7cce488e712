package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.fill.PausableWait;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.remote.ConnectionLostException;
import dev.aquifer.node.remote.OriginClient;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Runs the fills of all datasets, a few at a time. */
public final class Fills implements AutoCloseable {
    private final LiveDatasets live;
    private final DatasetOrigins origins;
    private final SnapshotFiller filler;
    private final InstantSource clock;
    private final FillSlots slots;
    private final Map<DatasetId, FillSlot> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * No fill yet.
     *
     * @param filler brings a snapshot whose turn it is
     * @param atOnce how many at most
     */
    public Fills(LiveDatasets live, DatasetOrigins origins, SnapshotFiller filler, int atOnce, InstantSource clock) {
        this.live = live;
        this.origins = origins;
        this.filler = filler;
        this.clock = clock;
        this.slots = new FillSlots(atOnce, System::nanoTime);
    }

    /** A job that goes on while somebody waits for the dataset. */
    public FillJob awaited(Dataset dataset) {
        return job(dataset, dataset::isAwaited);
    }

    /** A job that goes on as long as the dataset is listed. */
    public FillJob unasked(Dataset dataset) {
        return job(dataset, () -> dataset.isAwaited() || live.find(dataset.id()) != null);
    }

    private FillJob job(Dataset dataset, BooleanSupplier wanted) {
        return new FillJob(
                dataset, this::fillInTurn, origins.of(dataset), clock, () -> !stopping && wanted.getAsBoolean());
    }

    /**
     * Ends what is under way for a fill that is to stop, since its threads may wait for an origin that sends nothing; begins
     * one again that somebody waits for.
     */
    public void tend(Dataset dataset) {
        FillJob job = dataset.job();
        FillSlot slot = running.get(dataset.id());
        if (job != null && (!job.isWanted() || (slot != null && slots.mustYield(slot)))) {
            job.hangUp();
        } else if (job == null
                && dataset.current() == null
                && dataset.refusal() == null
                && dataset.isAwaited()
                && dataset.connection().canFetch()) {
            dataset.ensure(this::awaited);
        }
    }

    private void fillInTurn(
            Dataset dataset, SnapshotRoot root, OriginClient origin, Progress progress, BooleanSupplier paused)
            throws IOException {
        FillSlot slot = new FillSlot(dataset.connection().owner(), dataset::isAwaited, progress::doneBytes);
        slots.enter(slot);
        try {
            PausableWait.until(
                    () -> slots.begins(slot),
                    () -> progress.goingOn("waiting for the fills of other datasets"),
                    paused);
            running.put(dataset.id(), slot);
            filler.fill(dataset, root, origin, progress, () -> slots.mustYield(slot) || paused.getAsBoolean());
        } catch (ConnectionLostException lost) {
            if (slots.mustYield(slot)) {
                throw new PausedException();
            }
            throw lost;
        } finally {
            running.remove(dataset.id(), slot);
            slots.leave(slot);
        }
    }

    /** Pauses all fills, for the end of the process. */
    @Override
    public void close() {
        stopping = true;
    }
}
