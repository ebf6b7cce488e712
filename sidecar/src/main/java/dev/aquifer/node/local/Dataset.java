package dev.aquifer.node.local;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One dataset on this node: which snapshot new pods get, who waits for one, and the fill that goes on for all of them
 * together.
 */
public final class Dataset {
    /** So long a refusal is repeated before it is tried again: a hundred pods ask at once. */
    private static final Duration REFUSAL_LASTS = Duration.ofSeconds(10);

    private final DatasetFolder folder;
    private final InstantSource clock;
    private final Interests interests;
    private final OriginContact contact;
    private final Leftovers leftovers;
    private final Pins pins = new Pins();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile DatasetConnection connection;
    private volatile @Nullable SnapshotId current;
    private @Nullable FillJob job;
    private @Nullable Refusal refusal;

    /** A dataset with what its folder holds. */
    Dataset(DatasetFolder folder, DatasetConnection connection, InstantSource clock) throws IOException {
        this.folder = folder;
        this.connection = connection;
        this.clock = clock;
        this.interests = new Interests(clock);
        this.leftovers = new Leftovers(folder);
        this.contact = new OriginContact(folder.id(), clock);
        this.current = newestComplete();
    }

    public DatasetId id() {
        return folder.id();
    }

    public DatasetFolder folder() {
        return folder;
    }

    /** What removed snapshots leave behind. */
    public Leftovers leftovers() {
        return leftovers;
    }

    public Pins pins() {
        return pins;
    }

    public Interests interests() {
        return interests;
    }

    /** What its origin says. */
    public OriginContact contact() {
        return contact;
    }

    public DatasetConnection connection() {
        return connection;
    }

    /** What is known of the origin from now on. */
    public void connection(DatasetConnection known) {
        connection = known;
    }

    /** The snapshot that new pods get; null while there is none. */
    public @Nullable SnapshotId current() {
        return current;
    }

    public @Nullable FillJob job() {
        lock.lock();
        try {
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** Why the last fill that ended had failed; null if it had not. */
    public @Nullable Refusal refusal() {
        lock.lock();
        try {
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits, or will ask again soon. */
    public boolean isAwaited() {
        return interests.any();
    }

    /**
     * Waits for a complete snapshot, and has it filled if there is none.
     *
     * @param begin makes a job that is not running yet
     * @param holder gets the snapshot, pinned, before anybody could remove it
     */
    public LinkAnswer.OfAcquire acquire(Duration timeout, JobMaker begin, Consumer<SnapshotId> holder)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (current == null) {
                Refusal why = refusal;
                if (why != null && clock.instant().isBefore(why.since().plus(REFUSAL_LASTS))) {
                    return new LinkAnswer.Refused(why.code(), connection.name() + ": " + why.message());
                }
                FillJob running = ensure(begin);
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return new LinkAnswer.Filling("dataset %s: %s".formatted(connection.name(), running.sentence()));
                }
                var _ = changed.awaitNanos(left);
            }
            pins.hold(current);
            holder.accept(current);
            return new LinkAnswer.Ready(folder.directory(current), current.hex());
        } finally {
            lock.unlock();
        }
    }

    /** Begins a fill if none is running. */
    public FillJob ensure(JobMaker begin) {
        lock.lock();
        try {
            FillJob running = job;
            if (running == null) {
                running = begin.make(this);
                job = running;
                running.start();
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** A snapshot is complete: new pods get it. */
    void completed(SnapshotId snapshot) {
        lock.lock();
        try {
            current = snapshot;
            refusal = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The job has ended, for whatever reason. */
    void ended(@Nullable Refusal why) {
        lock.lock();
        try {
            job = null;
            refusal = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The snapshot is damaged: it gets no new pods. */
    public void damaged(SnapshotId snapshot, String what) throws LinuxException {
        folder.notes().damage(snapshot, what);
        lock.lock();
        try {
            if (snapshot.equals(current)) {
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The snapshot is right again: if it is the newest, new pods get it. */
    public void mended(SnapshotId snapshot) throws LinuxException {
        folder.notes().mended(snapshot);
        lock.lock();
        try {
            if (current == null) {
                current = newestComplete();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a snapshot out of sight, unless it was promised to somebody since the mounts were looked at.
     *
     * @param given what {@link Pins#given} was before that look
     * @return whether it is gone
     */
    boolean retire(SnapshotId snapshot, long given) throws LinuxException {
        lock.lock();
        try {
            if (pins.isHeld(snapshot) || pins.given() != given) {
                return false;
            }
            if (snapshot.equals(current)) {
                current = null;
            }
            folder.retire(snapshot);
            leftovers.left();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SnapshotId newestComplete() throws LinuxException {
        SnapshotId newest = folder.newestPublished();
        return newest != null && folder.isComplete(newest) && folder.notes().damage(newest) == null ? newest : null;
    }
}
