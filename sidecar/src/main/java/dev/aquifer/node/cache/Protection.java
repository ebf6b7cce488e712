package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Verity;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The immutable flag on what pods see: with it, not even root in a container writes, renames, links or removes. If it is
 * wanted, files get fs-verity too, so that a read of what has rotted fails. Where the file system has no such thing, or this
 * process may not set it, files go without, and that is logged once.
 */
public final class Protection {
    private static final Logger LOG = LoggerFactory.getLogger(Protection.class);

    /** For so long those who seal and link wait behind {@link #restore} at most. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private static final Set<Errno> WITHOUT = EnumSet.of(Errno.ENOTTY, Errno.EOPNOTSUPP, Errno.EPERM, Errno.ENOSYS);

    private final ReadWriteLock sections = new ReentrantReadWriteLock();
    private volatile boolean possible = true;
    private volatile boolean verity;

    /** @param verity whether files get fs-verity too */
    public Protection(boolean verity) {
        this.verity = verity;
    }

    /** A moment in which files of complete snapshots may be without the flag; ends on the thread that began it. */
    public interface Section extends AutoCloseable {
        @Override
        void close();
    }

    /** Says whether a snapshot is complete. */
    @FunctionalInterface
    public interface Completeness {
        /** Whether it still is. */
        boolean holds() throws LinuxException;
    }

    /** Sets the flag on an open file or directory, if it is not set. */
    public void set(Fd fd) throws LinuxException {
        change(fd, true);
    }

    /** Takes the flag away, if it is set. */
    public void lift(Fd fd) throws LinuxException {
        change(fd, false);
    }

    /** Begins a moment in which {@link #restore} leaves files as they are. */
    public Section section() {
        sections.readLock().lock();
        return sections.readLock()::unlock;
    }

    /**
     * Sets the flag where a crash has left it away, unless a file is being sealed, which may take minutes: whoever comes behind
     * one who waits for that waits too. The next sweep finds it again.
     *
     * @param complete whether the file is still one of a complete snapshot
     * @return whether it was away
     */
    public boolean restore(Fd fd, Completeness complete) throws LinuxException {
        if (!possible || isSet(fd)) {
            return false;
        }
        if (!isAlone()) {
            return false;
        }
        try {
            if (isSet(fd) || !complete.holds()) {
                return false;
            }
            set(fd);
            return possible;
        } finally {
            sections.writeLock().unlock();
        }
    }

    private boolean isAlone() {
        try {
            return sections.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the flag is set. */
    public boolean isSet(Fd fd) throws LinuxException {
        return possible && has(fd, Metadata.IMMUTABLE);
    }

    /** Whether files are protected here, as far as is known yet. */
    public boolean possible() {
        return possible;
    }

    /** Whether files get fs-verity here, as far as is known yet. */
    public boolean verity() {
        return verity;
    }

    /**
     * Protects a file whose bytes are all there: fs-verity if it is wanted, and the flag.
     *
     * @param file open for reading, and nowhere for writing
     */
    public void seal(Fd file) throws LinuxException {
        if (verity && !hasVerity(file)) {
            // an older snapshot may have the file too
            try (Section _ = section()) {
                lift(file);
                enableVerity(file);
            }
        }
        set(file);
    }

    /** Whether the file has fs-verity, so that nobody can write to it any more. */
    public static boolean hasVerity(Fd file) throws LinuxException {
        return has(file, Metadata.VERITY);
    }

    private static boolean has(Fd fd, int flag) throws LinuxException {
        try {
            return (Metadata.flags(fd) & flag) != 0;
        } catch (LinuxException failure) {
            if (!WITHOUT.contains(failure.errno())) {
                throw failure;
            }
            return false;
        }
    }

    private void enableVerity(Fd file) throws LinuxException {
        try {
            Verity.enable(file);
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.EEXIST || failure.errno() == Errno.EBUSY) {
                // by another of its names
                return;
            }
            if (!WITHOUT.contains(failure.errno())) {
                throw failure;
            }
            verity = false;
            LOG.warn(
                    "event=files-without-verity error=\"{}\" effect=\"rot of the disk is found by the scrub only, not by the read\" remedy=\"give the cache a file system with fs-verity, such as ext4 made with -O verity\"",
                    failure.getMessage());
        }
    }

    private void change(Fd fd, boolean on) throws LinuxException {
        if (!possible) {
            return;
        }
        try {
            int flags = Metadata.flags(fd);
            // all others stay as they are: ext4 would rebuild a file that loses the flag of its extents
            int wanted = on ? flags | Metadata.IMMUTABLE : flags & ~Metadata.IMMUTABLE;
            if (wanted != flags) {
                Metadata.setFlags(fd, wanted);
            }
        } catch (LinuxException failure) {
            if (!WITHOUT.contains(failure.errno())) {
                throw failure;
            }
            possible = false;
            LOG.warn(
                    "event=files-not-immutable error=\"{}\" effect=\"a pod that is root and mounts without readOnly could change cached files; give the container CAP_LINUX_IMMUTABLE and the cache an ext4 or XFS file system\"",
                    failure.getMessage());
        }
    }
}
