package dev.aquifer.node.origin;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.transfer.LeftOutReason;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    /** How long a refused source waits for its owner at most, so that what was mended is soon seen. */
    private static final Duration REFUSED_REFRESH = Duration.ofSeconds(30);

    private final Lister lister;
    private final OnUnreadable onUnreadable;
    private final Duration refresh;
    private final Changes changes;
    private final InstantSource clock;
    private final Walks walks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private Findings progress = new Findings();
    private @Nullable Listing listing;
    private @Nullable String failure;
    private Instant nextWalk = Instant.MIN;
    private boolean asked;
    private boolean closed;

    Snapshots(
            Lister lister,
            OnUnreadable onUnreadable,
            OnChange onChange,
            Duration refresh,
            InstantSource clock,
            Walks walks) {
        this.lister = lister;
        this.onUnreadable = onUnreadable;
        this.refresh = refresh;
        this.changes = new Changes(onChange);
        this.clock = clock;
        this.walks = walks;
    }

    void start() {
        Thread.ofPlatform().name("snapshots").daemon().start(this::work);
    }

    /**
     * The newest snapshot.
     *
     * @param after if this is still the newest, wait for another
     * @param wait at most
     */
    SnapshotAnswer answer(@Nullable SnapshotId after, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            asked = true;
            changed.signalAll();
            long left = wait.toNanos();
            while (left > 0 && !closed && isStill(after)) {
                left = changed.awaitNanos(left);
            }
            return answer();
        } finally {
            lock.unlock();
        }
    }

    /** Tells that a path is not what is listed, found while it was served. */
    void report(DatasetPath path, Mark mark) {
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
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isStill(@Nullable SnapshotId after) {
        return after != null && listing != null && listing.id().equals(after);
    }

    private SnapshotAnswer answer() {
        var newest = listing;
        if (newest == null) {
            return failure == null
                    ? new SnapshotAnswer.Walking(progress.entries())
                    : new SnapshotAnswer.Refused(failure, progress.leftOut());
        }
        var leftOut = newest.leftOut();
        if (onUnreadable == OnUnreadable.FAIL) {
            for (var each : leftOut) {
                if (each.reason() == LeftOutReason.UNREADABLE) {
                    return new SnapshotAnswer.Refused(Refusals.unreadable(each), leftOut);
                }
            }
        }
        var changing = new ArrayList<>(newest.changing());
        changing.addAll(changes.oftenChanged());
        var named = changing.stream()
                .distinct()
                .sorted(Comparator.comparing(DatasetPath::toString))
                .toList();
        return new SnapshotAnswer.Ready(newest.root(), newest.takenAt(), leftOut, named, List.of());
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
                if (listing != null && changes.isPending()) {
                    return changes.take();
                }
                var now = clock.instant();
                long wait = Duration.between(now, due(now)).toNanos();
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

    /** At once the first time; later when someone asks. A clock that was set back delays it by no more than an hour. */
    private Instant due(Instant now) {
        if (nextWalk.equals(Instant.MIN)) {
            return now;
        }
        var soon = now.plus(Duration.ofHours(1));
        return asked && nextWalk.isBefore(soon) ? nextWalk : soon;
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
        var before = listing;
        if (before == null) {
            return;
        }
        try {
            publish(lister.relist(before, marks), false, clock.instant());
        } catch (IOException | RuntimeException e) {
            // a look that failed is no reason to go on with a listing that is known to be wrong
            LOG.warn("event=look-failed paths={}", marks.size(), e);
            lock.lock();
            try {
                nextWalk = clock.instant().plusSeconds(1);
                asked = true;
            } finally {
                lock.unlock();
            }
        }
    }

    private void begin(Findings findings) {
        lock.lock();
        try {
            asked = false;
            if (listing == null) {
                progress = findings;
            }
        } finally {
            lock.unlock();
        }
    }

    private void publish(Listing next, boolean walked, Instant begun) {
        lock.lock();
        try {
            boolean isNew = listing == null || !listing.id().equals(next.id());
            listing = next;
            failure = null;
            if (walked) {
                changes.forget();
                var every = answer() instanceof SnapshotAnswer.Refused && refresh.compareTo(REFUSED_REFRESH) > 0
                        ? REFUSED_REFRESH
                        : refresh;
                nextWalk = RefreshRule.next(begun, clock.instant(), every);
            }
            changed.signalAll();
            if (isNew) {
                var totals = next.root().totals();
                LOG.info(
                        "event=snapshot snapshot={} by={} files={} directories={} links={} bytes={}",
                        next.id(),
                        walked ? "walk" : "look",
                        totals.files(),
                        totals.directories(),
                        totals.links(),
                        totals.bytes());
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(Exception cause, Instant begun) {
        LOG.warn("event=walk-failed", cause);
        lock.lock();
        try {
            failure = Refusals.failed(cause);
            nextWalk = RefreshRule.next(begun, clock.instant(), Duration.ofSeconds(10));
            asked = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
