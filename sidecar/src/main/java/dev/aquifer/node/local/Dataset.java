package dev.aquifer.node.local;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
    /** Who waited for it before this process began asks again soon. */
    private final Instant known;

    private final Leftovers leftovers;
    private final Pins pins = new Pins();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile DatasetConnection connection;
    private volatile @Nullable SnapshotId current;
    private volatile @Nullable FillJob job;
    private volatile @Nullable Refusal refusal;
    private boolean forgotten;

    /** A dataset with what its folder holds. */
    Dataset(DatasetFolder folder, DatasetConnection connection, InstantSource clock) throws IOException {
        this.folder = folder;
        this.connection = connection;
        this.clock = clock;
        this.known = clock.instant();
        this.interests = new Interests(clock);
        this.leftovers = new Leftovers(folder);
        this.contact = new OriginContact(folder.id(), clock);
        this.current = folder.current();
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

    /** Learns what is newer of the origin. */
    public void connect(UnaryOperator<DatasetConnection> newer) {
        lock.lock();
        try {
            connection = newer.apply(connection);
        } finally {
            lock.unlock();
        }
    }

    /** The snapshot that new pods get; null while there is none. */
    public @Nullable SnapshotId current() {
        return current;
    }

    /** The fill that is running; null if none is. */
    public @Nullable FillJob job() {
        return job;
    }

    /** Why the last fill that ended had failed; null if it had not. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** Whether somebody waits, or will ask again soon. */
    public boolean isAwaited() {
        return interests.any();
    }

    /** Whether nobody goes on with what was begun of it: no fill runs, and nobody has asked for one for a while. */
    boolean isAbandoned() {
        return job == null && !isAwaited() && clock.instant().isAfter(known.plus(Interests.LINGER));
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
                if (forgotten) {
                    return new LinkAnswer.Filling("dataset %s: it begins anew".formatted(connection.name()));
                }
                Refusal why = refusal;
                if (why != null && clock.instant().isBefore(why.since().plus(REFUSAL_LASTS))) {
                    return new LinkAnswer.Refused(why.code(), connection.name() + ": " + why.message());
                }
                FillJob running = running(begin);
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
    public void ensure(JobMaker begin) {
        lock.lock();
        try {
            if (!forgotten) {
                running(begin);
            }
        } finally {
            lock.unlock();
        }
    }

    private FillJob running(JobMaker begin) {
        FillJob running = job;
        if (running == null) {
            running = begin.make(this);
            job = running;
            running.start();
        }
        return running;
    }

    /** Whether nobody wants it and no snapshot is left: then nothing begins here any more. */
    boolean isForgotten() throws LinuxException {
        lock.lock();
        try {
            forgotten = forgotten
                    || (job == null && !isAwaited() && folder.snapshots().isEmpty());
            return forgotten;
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
                current = folder.current();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a snapshot out of sight, unless it was promised to somebody since the mounts were looked at.
     *
     * @param changes what {@link Pins#changes} was before that look
     * @return the name of what is to be removed; null if it stays
     */
    @Nullable String retire(SnapshotId snapshot, long changes) throws LinuxException {
        lock.lock();
        try {
            if (pins.isHeld(snapshot) || pins.changes() != changes) {
                return null;
            }
            if (snapshot.equals(current)) {
                current = null;
            }
            String away = folder.retire(snapshot);
            leftovers.left();
            return away;
        } finally {
            lock.unlock();
        }
    }
}
