package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.walk.Lister;
import dev.aquifer.node.origin.walk.Listing;
import dev.aquifer.node.origin.walk.OnChange;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest snapshot, and the one thread that makes its successors: a walk when a node asks and the listing is old, a look
 * at single paths when a file was found changed while it was served.
 */
public final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final Lister lister;
    private final OnUnreadable onUnreadable;
    private final WalkSchedule schedule;
    private final Changes changes;
    private final InstantSource clock;
    private final Walks walks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private Newest newest = Newest.nothing();
    private boolean closed;

    public Snapshots(
            Lister lister,
            OnUnreadable onUnreadable,
            OnChange onChange,
            Duration refresh,
            InstantSource clock,
            Walks walks) {
        this.lister = lister;
        this.onUnreadable = onUnreadable;
        this.schedule = new WalkSchedule(refresh);
        this.changes = new Changes(onChange);
        this.clock = clock;
        this.walks = walks;
    }

    public void start() {
        Thread.ofPlatform().name("snapshots").daemon().start(this::work);
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

    private void work() {
        try {
            while (true) {
                var marks = awaitWork();
                if (marks == null) {
                    return;
                }
                if (marks.isEmpty()) {
                    walk();
                } else {
                    relist(marks);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Paths to look at, none of them for a walk, or null at the end. */
    private @Nullable Map<DatasetPath, Mark> awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (newest.listing() != null && changes.isPending()) {
                    return changes.take();
                }
                var now = clock.instant();
                long wait = Duration.between(now, schedule.due(now)).toNanos();
                if (wait <= 0) {
                    return Map.of();
                }
                changed.awaitNanos(wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void walk() throws InterruptedException {
        var findings = new Findings();
        begin(findings);
        var begun = clock.instant();
        long nanos = System.nanoTime();
        try {
            var walked = lister.walk(findings);
            walks.ended(Duration.ofNanos(System.nanoTime() - nanos), walked);
            publish(walked, true, begun);
        } catch (IOException | RuntimeException e) {
            fail(e, begun);
        }
    }

    private void relist(Map<DatasetPath, Mark> marks) throws InterruptedException {
        var before = newest.listing();
        if (before == null) {
            return;
        }
        try {
            publish(lister.relist(before, marks), false, clock.instant());
        } catch (IOException | RuntimeException e) {
            // a look that failed is no reason to go on with a listing that is known to be wrong
            LOG.warn("event=look-failed paths={}", marks.size(), e);
            change(() -> schedule.hurry(clock.instant()));
        }
    }

    private void begin(Findings findings) {
        change(() -> {
            schedule.begin();
            newest = newest.walking(findings);
        });
    }

    private void publish(Listing next, boolean walked, Instant begun) {
        change(() -> {
            boolean isNew = !newest.is(next.id());
            newest = newest.listed(next);
            if (walked) {
                changes.forget();
                schedule.end(begun, clock.instant(), answer() instanceof SnapshotAnswer.Refused);
            }
            if (isNew) {
                tell(next, walked ? "walk" : "look");
            }
        });
    }

    private void fail(Exception cause, Instant begun) {
        LOG.warn("event=walk-failed", cause);
        change(() -> {
            newest = newest.failed(Refusals.failed(cause));
            schedule.fail(begun, clock.instant());
        });
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
