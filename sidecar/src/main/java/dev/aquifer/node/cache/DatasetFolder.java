package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.linux.Attributes;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.linux.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder of one dataset. A snapshot is complete if and only if it has a name under {@code snapshots}. */
public final class DatasetFolder implements AutoCloseable {

    private final DatasetId id;
    private final Fd dir;
    private final Protection protection;
    private final RecordStore records;

    DatasetFolder(DatasetId id, Fd dir, Protection protection) throws LinuxException {
        this.id = id;
        this.dir = dir;
        this.protection = protection;
        this.records = new RecordStore(Directories.make(dir, Names.RECORDS));
    }

    public DatasetId id() {
        return id;
    }

    public RecordStore records() {
        return records;
    }

    /** Where a complete snapshot is, relative to the cache folder. */
    public String directory(SnapshotId snapshot) {
        return "datasets/%s/snapshots/%s".formatted(id, snapshot);
    }

    /** All that are complete. */
    public List<SnapshotId> snapshots() throws LinuxException {
        return ids(Names.SNAPSHOTS);
    }

    /** All that were begun and are not complete. */
    public List<SnapshotId> fillings() throws LinuxException {
        return ids(Names.FILLING);
    }

    /**
     * The root record of a snapshot.
     *
     * @throws MissingRecordException if it is not there
     */
    public SnapshotRoot root(SnapshotId snapshot) throws IOException {
        if (records.require(snapshot.hash()) instanceof SnapshotRoot root) {
            return root;
        }
        throw new InvalidListing("Expected the root record of a snapshot, found a record of another kind");
    }

    /** The root directory of a complete snapshot. */
    public Fd tree(SnapshotId snapshot) throws LinuxException {
        try (Fd snapshots = Directories.open(dir, Names.SNAPSHOTS)) {
            return Directories.open(snapshots, name(snapshot));
        }
    }

    public boolean isComplete(SnapshotId snapshot) throws LinuxException {
        try (Fd snapshots = Directories.make(dir, Names.SNAPSHOTS)) {
            return Directories.exists(snapshots, name(snapshot));
        }
    }

    /** The snapshot that was completed last; null where there is none. It may be gone since. */
    public @Nullable SnapshotId newestPublished() throws LinuxException {
        String newest = SmallFile.text(dir, Names.NEWEST);
        return newest == null ? null : SnapshotId.parse(newest);
    }

    /** The complete snapshots that were mounted last, the last one first. */
    public List<SnapshotId> newest(int most) throws LinuxException {
        Map<SnapshotId, Instant> marked = new HashMap<>();
        for (SnapshotId snapshot : snapshots()) {
            marked.put(snapshot, marked(snapshot));
        }
        return marked.entrySet().stream()
                .sorted(Map.Entry.<SnapshotId, Instant>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A complete snapshot to take files from; null if its root record is lost. */
    public @Nullable OlderSnapshot older(SnapshotId snapshot) throws IOException {
        return records.get(snapshot.hash()) instanceof SnapshotRoot root
                ? new OlderSnapshot(snapshot, root, digests(snapshot), tree(snapshot), true)
                : null;
    }

    /** What was filled of a snapshot, to take chunks from; null if there is nothing yet. */
    public @Nullable OlderSnapshot olderFilling(SnapshotId snapshot) throws IOException {
        try (Fd fillings = Directories.make(dir, Names.FILLING);
                Fd filling = Directories.open(fillings, name(snapshot))) {
            if (!(records.get(snapshot.hash()) instanceof SnapshotRoot root)
                    || !Directories.exists(filling, Names.TREE)
                    || !Directories.exists(filling, Names.DIGESTS)) {
                return null;
            }
            DigestFile digests = DigestFile.open(filling, Names.DIGESTS);
            return new OlderSnapshot(snapshot, root, digests, Directories.open(filling, Names.TREE), false);
        }
    }

    /** The digests of a complete snapshot's chunks. */
    public DigestFile digests(SnapshotId snapshot) throws IOException {
        try (Fd digests = Directories.make(dir, Names.DIGESTS)) {
            return DigestFile.open(digests, name(snapshot));
        }
    }

    /**
     * Begins to fill a snapshot, or goes on where a fill of it ended.
     *
     * @param boot names this run of the machine
     */
    public Filling fill(SnapshotId snapshot, String boot) throws IOException {
        try (Fd fillings = Directories.make(dir, Names.FILLING)) {
            Fd filling = Directories.make(fillings, name(snapshot));
            takeBackDigests(filling, snapshot);
            String before = SmallFile.text(filling, Names.BOOT);
            if (before == null) {
                SmallFile.replace(filling, Names.BOOT, boot);
            }
            return new Filling(
                    snapshot,
                    filling,
                    Directories.make(filling, Names.TREE),
                    Directories.make(filling, Names.LINKS),
                    DigestFile.open(filling, Names.DIGESTS),
                    before == null || before.equals(boot));
        }
    }

    /** From now on chunks that have a digest are believed, until the machine starts anew. */
    public void trust(Filling filling, String boot) throws LinuxException {
        SmallFile.replace(filling.dir(), Names.BOOT, boot);
    }

    /** Makes a filling the complete snapshot, in one step. All of it must have reached the disk. */
    public void publish(Filling filling) throws IOException {
        byte[] name = name(filling.id());
        filling.digests().sync();
        try (Fd digests = Directories.make(dir, Names.DIGESTS);
                Fd snapshots = Directories.make(dir, Names.SNAPSHOTS)) {
            Files.rename(filling.dir(), Names.DIGESTS, digests, name, 0);
            Data.fsync(digests);
            Files.rename(filling.dir(), Names.TREE, snapshots, name, Files.NO_REPLACE);
            Data.fsync(snapshots);
        }
        protection.set(filling.tree());
        mark(filling.id());
        SmallFile.replace(dir, Names.NEWEST, filling.id().hex());
        discard(filling.id());
    }

    /**
     * Removes what was filled of a snapshot.
     *
     * @return what that freed
     */
    public Usage discard(SnapshotId snapshot) throws LinuxException {
        try (Fd fillings = Directories.make(dir, Names.FILLING)) {
            return TreeRemoval.of(fillings, name(snapshot), protection);
        }
    }

    /** Where files are made that replace others. */
    public Fd workshop() throws LinuxException {
        return Directories.make(dir, Names.MENDING);
    }

    /** Takes a complete snapshot out of sight at once; {@link #clean} removes it. */
    public void retire(SnapshotId snapshot) throws LinuxException {
        try (Fd tree = tree(snapshot);
                Fd snapshots = Directories.open(dir, Names.SNAPSHOTS);
                Fd removing = Directories.make(dir, Names.REMOVING)) {
            protection.lift(tree);
            Files.rename(snapshots, name(snapshot), removing, name(snapshot), 0);
        }
        remove(Names.DIGESTS, snapshot);
        remove(Names.MARKS, snapshot);
        remove(Names.DAMAGED, snapshot);
    }

    /**
     * Removes all that was retired.
     *
     * @return what that freed
     */
    public Usage clean() throws LinuxException {
        Usage freed = Usage.NONE;
        try (Fd removing = Directories.make(dir, Names.REMOVING)) {
            for (byte[] name : Directories.names(dir, Names.REMOVING)) {
                freed = freed.plus(TreeRemoval.of(removing, name, protection));
            }
        }
        return freed;
    }

    /** Remembers that the snapshot was mounted now. */
    public void mark(SnapshotId snapshot) throws LinuxException {
        try (Fd marks = Directories.make(dir, Names.MARKS);
                Fd mark = Files.open(marks, name(snapshot), Open.WRITE | Open.CREATE | Open.TRUNCATE, 0600)) {
            Instant now = Instant.now();
            Attributes.touch(mark, new Timestamp(now.getEpochSecond(), now.getNano()));
        }
    }

    /** When the snapshot was last marked; long ago if it never was. */
    public Instant marked(SnapshotId snapshot) throws LinuxException {
        try (Fd marks = Directories.make(dir, Names.MARKS)) {
            if (!Directories.exists(marks, name(snapshot))) {
                return Instant.EPOCH;
            }
            Stat stat = Attributes.stat(marks, name(snapshot));
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
        try (Fd damaged = Directories.make(dir, Names.DAMAGED)) {
            SmallFile.replace(damaged, name(snapshot), what);
        }
    }

    /** What is damaged in the snapshot; null if nothing is. */
    public @Nullable String damage(SnapshotId snapshot) throws LinuxException {
        try (Fd damaged = Directories.make(dir, Names.DAMAGED)) {
            return SmallFile.text(damaged, name(snapshot));
        }
    }

    /** What the dataset takes, as it was last noted; null if that may be wrong. */
    public @Nullable Usage usage() throws LinuxException {
        String text = SmallFile.text(dir, Names.USAGE);
        if (text == null || !text.matches("[0-9]{1,18} [0-9]{1,18}")) {
            return null;
        }
        int space = text.indexOf(' ');
        return new Usage(Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
    }

    /**
     * Notes what the dataset takes.
     *
     * @param usage null while it changes
     */
    public void note(@Nullable Usage usage) throws LinuxException {
        SmallFile.replace(dir, Names.USAGE, usage == null ? "changing" : usage.bytes() + " " + usage.inodes());
    }

    /** Counts what the dataset takes, which may take minutes. */
    public Usage count() throws LinuxException {
        return TreeCount.of(dir);
    }

    /** Removes all that is in the folder; nothing in it may be in use. */
    public void removeAll() throws LinuxException {
        for (byte[] name : Directories.names(dir, new byte[] {'.'})) {
            if (Attributes.stat(dir, name).type() == FileType.DIRECTORY) {
                TreeRemoval.of(dir, name, protection);
            } else {
                Files.unlink(dir, name);
            }
        }
    }

    @Override
    public void close() {
        records.close();
        dir.close();
    }

    private void takeBackDigests(Fd filling, SnapshotId snapshot) throws LinuxException {
        try (Fd digests = Directories.make(dir, Names.DIGESTS)) {
            if (!Directories.exists(filling, Names.DIGESTS) && Directories.exists(digests, name(snapshot))) {
                Files.rename(digests, name(snapshot), filling, Names.DIGESTS, 0);
            }
        }
    }

    private void remove(byte[] folder, SnapshotId snapshot) throws LinuxException {
        try (Fd parent = Directories.make(dir, folder)) {
            if (Directories.exists(parent, name(snapshot))) {
                Files.unlink(parent, name(snapshot));
            }
        }
    }

    private List<SnapshotId> ids(byte[] folder) throws LinuxException {
        List<SnapshotId> ids = new ArrayList<>();
        for (byte[] name : Directories.names(dir, folder)) {
            ids.add(SnapshotId.parse(Names.text(name)));
        }
        return ids;
    }

    private static byte[] name(SnapshotId snapshot) {
        return Names.ascii(snapshot.hex());
    }
}
