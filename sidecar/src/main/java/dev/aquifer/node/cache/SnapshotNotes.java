package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.linux.Timespec;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is remembered of each complete snapshot beside its tree: when it was last mounted, and what of it has rotted. */
public final class SnapshotNotes {
    private static final List<byte[]> FOLDERS = List.of(Names.DIGESTS, Names.MARKS, Names.DAMAGED);

    private final Fd dir;

    /** @param dir the dataset's folder, which stays the caller's */
    SnapshotNotes(Fd dir) {
        this.dir = dir;
    }

    /** Remembers that the snapshot was mounted now. */
    public void mark(SnapshotId snapshot) throws LinuxException {
        try (Fd marks = Files.openDirectory(dir, Names.MARKS);
                Fd mark = Files.open(marks, Names.of(snapshot), Open.WRITE | Open.CREATE | Open.TRUNCATE, 0600)) {
            Instant now = Instant.now();
            Metadata.touch(mark, new Timespec(now.getEpochSecond(), now.getNano()));
        }
    }

    /** When the snapshot was last marked; long ago if it never was. */
    public Instant marked(SnapshotId snapshot) throws LinuxException {
        try (Fd marks = Files.openDirectory(dir, Names.MARKS)) {
            if (!Directories.exists(marks, Names.of(snapshot))) {
                return Instant.EPOCH;
            }
            Stat stat = Metadata.stat(marks, Names.of(snapshot));
            return Instant.ofEpochSecond(
                    stat.modified().seconds(), stat.modified().nanos());
        }
    }

    /**
     * Remembers that files of the snapshot are damaged.
     *
     * @param what which, for people
     */
    public void damage(SnapshotId snapshot, String what) throws LinuxException {
        try (Fd damaged = Files.openDirectory(dir, Names.DAMAGED)) {
            SmallFile.replace(damaged, Names.of(snapshot), what);
        }
    }

    /** Remembers that nothing of the snapshot is damaged any more. */
    public void mended(SnapshotId snapshot) throws LinuxException {
        try (Fd damaged = Files.openDirectory(dir, Names.DAMAGED)) {
            Files.unlinkIfThere(damaged, Names.of(snapshot));
        }
    }

    /** What is damaged in the snapshot; null if nothing is. */
    public @Nullable String damage(SnapshotId snapshot) throws LinuxException {
        try (Fd damaged = Files.openDirectory(dir, Names.DAMAGED)) {
            return SmallFile.text(damaged, Names.of(snapshot));
        }
    }

    /** Forgets a snapshot, with the digests of its chunks. */
    void remove(SnapshotId snapshot) throws LinuxException {
        for (byte[] folder : FOLDERS) {
            try (Fd parent = Files.openDirectory(dir, folder)) {
                Files.unlinkIfThere(parent, Names.of(snapshot));
            }
        }
    }

    /** Forgets all other snapshots: a crash may have come between the removal of one and this. */
    void keepOnly(Set<SnapshotId> live) throws LinuxException {
        for (byte[] folder : FOLDERS) {
            for (SnapshotId snapshot : Names.snapshots(dir, folder)) {
                if (!live.contains(snapshot)) {
                    remove(snapshot);
                }
            }
        }
    }
}
