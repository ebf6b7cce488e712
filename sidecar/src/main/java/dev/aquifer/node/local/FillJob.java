package dev.aquifer.node.local;

import dev.aquifer.node.cache.Amount;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.fill.ChunkWorker;
import dev.aquifer.node.fill.PausedException;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.fill.RefusedException;
import dev.aquifer.node.fill.SourceChangedException;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a dataset's newest snapshot on a thread of its own, until it is complete, refused, or wanted by nobody. A source that
 * moves on is followed with all that was verified; an origin that is away is waited for.
 */
public final class FillJob {
    private static final Logger LOG = LoggerFactory.getLogger(FillJob.class);
    private static final Duration SUCCESSOR_WAIT = Duration.ofSeconds(20);
    private static final Duration WALKING_RETRY = Duration.ofMillis(500);

    private final Dataset dataset;
    private final SnapshotFiller filler;
    private final OriginClient origin;
    private final InstantSource clock;
    private final BooleanSupplier wanted;
    private final Progress progress = new Progress(System::nanoTime);
    private final Trouble trouble;
    private final Thread thread;
    private volatile @Nullable SnapshotId filling;

    /** A job that goes on as long as it is wanted. */
    FillJob(Dataset dataset, SnapshotFiller filler, OriginClient origin, InstantSource clock, BooleanSupplier wanted) {
        this.dataset = dataset;
        this.filler = filler;
        this.origin = origin;
        this.clock = clock;
        this.wanted = wanted;
        this.trouble = new Trouble(dataset, progress);
        // the tree is made in system calls that would hold a virtual thread's carrier
        this.thread = Thread.ofPlatform().name("fill-" + dataset.id()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends it; what is verified stays. */
    public void end() {
        origin.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what is under way at the origin; the job goes on if it is still to. */
    void hangUp() {
        origin.close();
    }

    boolean isWanted() {
        return wanted.getAsBoolean();
    }

    public Progress progress() {
        return progress;
    }

    public @Nullable SnapshotId filling() {
        return filling;
    }

    /** What keeps it from going on; empty if nothing does. */
    public String trouble() {
        return trouble.text();
    }

    /** How far it is, for people. */
    public String sentence() {
        String why = trouble.text();
        return why.isEmpty() ? progress.sentence() : progress.sentence() + "; " + why;
    }

    private void run() {
        ChunkWorker.behave();
        Refusal refusal = null;
        try {
            fillUntilDone();
        } catch (RefusedException refused) {
            refusal = new Refusal(refused.code(), String.valueOf(refused.getMessage()), clock.instant());
            LOG.warn(
                    "event=fill-refused dataset={} snapshot={} fetched={} reason=\"{}\"",
                    dataset.id(),
                    filling,
                    progress.fetchedBytes(),
                    refused.getMessage());
        } catch (PausedException | InterruptedException paused) {
            LOG.info(
                    "event=fill-paused dataset={} snapshot={} fetched={} progress=\"{}\"",
                    dataset.id(),
                    filling,
                    progress.fetchedBytes(),
                    progress.sentence());
        } catch (RuntimeException failure) {
            LOG.error("event=fill-failed dataset={}", dataset.id(), failure);
            refusal = new Refusal(
                    RefusalCode.INTERNAL, "the fill failed; see the log of the node agent", clock.instant());
        } finally {
            origin.close();
            dataset.ended(refusal);
        }
    }

    private void fillUntilDone() throws RefusedException, PausedException, InterruptedException {
        SnapshotId after = null;
        while (wanted.getAsBoolean()) {
            try {
                switch (dataset.contact().ask(origin, after, SUCCESSOR_WAIT)) {
                    case SnapshotAnswer.Ready ready -> {
                        filling = ready.snapshot();
                        fill(ready.snapshot(), ready.root());
                        return;
                    }
                    case SnapshotAnswer.Walking walking -> {
                        progress.walking(walking.entries());
                        Thread.sleep(WALKING_RETRY);
                    }
                    case SnapshotAnswer.Refused refused ->
                        throw new RefusedException(RefusalCode.FAILED_PRECONDITION, refused.message());
                }
            } catch (SourceChangedException moved) {
                after = filling;
                Thread.sleep(trouble.moved(moved, after));
            } catch (RefusedException | PausedException end) {
                throw end;
            } catch (InvalidListing invalid) {
                throw new RefusedException(
                        RefusalCode.FAILED_PRECONDITION, "the origin's listing is not valid: " + invalid.getMessage());
            } catch (IOException failure) {
                if (DiskFull.is(failure)) {
                    throw DiskFull.refusal(failure);
                }
                Thread.sleep(trouble.failed(failure));
            }
        }
        throw new PausedException();
    }

    /** A crash, or a full disk, may have come between its publication and the note. It is complete all the same. */
    private void noteAgain(SnapshotId snapshot) {
        try {
            dataset.folder().published(snapshot);
        } catch (LinuxException failure) {
            LOG.warn(
                    "event=note-failed dataset={} snapshot={} error=\"{}\"",
                    dataset.id(),
                    snapshot,
                    failure.getMessage());
        }
    }

    private void fill(SnapshotId snapshot, SnapshotRoot root) throws IOException {
        long started = System.nanoTime();
        boolean complete = dataset.folder().isComplete(snapshot);
        String damage = complete ? dataset.folder().notes().damage(snapshot) : null;
        if (damage != null) {
            throw new RefusedException(
                    RefusalCode.FAILED_PRECONDITION,
                    "its newest snapshot is damaged on this node (%s): it is fetched again once no pod uses it here; end those pods, or change the file in the source"
                            .formatted(damage));
        }
        if (complete) {
            noteAgain(snapshot);
        } else {
            filler.fill(dataset, root, origin, progress, () -> !wanted.getAsBoolean());
        }
        dataset.completed(snapshot);
        LOG.info(
                "event=snapshot-complete dataset={} name={} snapshot={} bytes={} fetched={} files={} took=\"{}\"",
                dataset.id(),
                dataset.connection().name(),
                snapshot,
                root.totals().bytes(),
                progress.fetchedBytes(),
                root.totals().files(),
                Amount.time(Duration.ofNanos(System.nanoTime() - started)));
    }
}
