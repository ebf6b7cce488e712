package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.walk.Listing;
import dev.aquifer.node.origin.walk.OnChange;
import dev.aquifer.node.origin.walk.Relisted;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest snapshot, who waits for its successor, and what is to be done for one; {@link SnapshotMaker} does it. */
public final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final OnUnreadable onUnreadable;
    private final WalkSchedule schedule;
    private final Changes changes;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private Newest newest = Newest.nothing();
    private boolean closed;

    public Snapshots(OnUnreadable onUnreadable, OnChange onChange, Duration refresh, InstantSource clock) {
        this.onUnreadable = onUnreadable;
        this.schedule = new WalkSchedule(refresh);
        this.changes = new Changes(onChange, clock);
        this.clock = clock;
    }

    /**
     * The newest snapshot.
     *
     * @param after if this is still the newest, wait for another
     * @param wait at most
     */
    public SnapshotAnswer answer(@Nullable SnapshotId after, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            schedule.ask();
            changed.signalAll();
            long left = wait.toNanos();
            while (left > 0 && !closed && newest.is(after)) {
                left = changed.awaitNanos(left);
            }
            return answer();
        } finally {
            lock.unlock();
        }
    }

    /** Tells that a path is not what is listed, found while it was served. */
    public void report(DatasetPath path, Mark mark) {
        lock.lock();
        try {
            if (changes.report(path, mark)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        change(() -> closed = true);
    }

    private SnapshotAnswer answer() {
        return newest.answer(onUnreadable, changes.oftenChanged());
    }

    /** Waits for what is to be done: paths to look at, none of them for a walk, or null at the end. */
    @Nullable Map<DatasetPath, Mark> awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var now = clock.instant();
                long wait = Duration.between(now, schedule.due(now)).toNanos();
                if (wait <= 0) {
                    changes.drop();
                    return Map.of();
                }
                if (newest.listing() != null && changes.isPending()) {
                    return changes.take();
                }
                changed.awaitNanos(wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The newest listing; null before the first. */
    @Nullable Listing listing() {
        return newest.listing();
    }

    /** A walk begins. */
    void begin(Findings findings) {
        change(() -> {
            schedule.begin();
            newest = newest.walking(findings);
        });
    }

    /** A walk that began then has ended with this. */
    void walked(Listing next, Instant begun) {
        publish(next, "walk", () -> {
            changes.forget();
            schedule.end(begun, clock.instant(), answer() instanceof SnapshotAnswer.Refused);
        });
    }

    /** A look at single paths has ended with this. */
    void looked(Relisted next) {
        publish(next.listing(), "look", () -> {
            changes.found(next.changed());
            if (answer() instanceof SnapshotAnswer.Refused) {
                schedule.refuse(clock.instant());
            }
        });
    }

    private void publish(Listing next, String how, Runnable then) {
        change(() -> {
            boolean isNew = !newest.is(next.id());
            newest = newest.listed(next);
            then.run();
            if (isNew) {
                tell(next, how);
            }
        });
    }

    /** A walk that began then has failed. */
    void walkFailed(Exception cause, Instant begun) {
        change(() -> {
            newest = newest.failed(Refusals.failed(cause));
            schedule.fail(begun, clock.instant());
        });
    }

    /** A look has failed: that is no reason to go on with a listing that is known to be wrong. */
    void lookFailed() {
        change(() -> schedule.hurry(clock.instant()));
    }

    /** Whoever waits looks whether this is what he waited for. */
    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void tell(Listing next, String how) {
        var totals = next.root().totals();
        LOG.info(
                "event=snapshot snapshot={} by={} files={} directories={} links={} bytes={}",
                next.id(),
                how,
                totals.files(),
                totals.directories(),
                totals.links(),
                totals.bytes());
    }
}
