package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder of one dataset. A snapshot is complete if and only if it has a name under {@code snapshots}. */
public final class DatasetFolder implements AutoCloseable {
    /** Made at once, so that nothing has to be made when the disk is full and something should go. */
    private static final List<byte[]> FOLDERS = List.of(
            Names.RECORDS, Names.SNAPSHOTS, Names.FILLING, Names.DIGESTS, Names.MARKS, Names.DAMAGED, Names.REMOVING);

    private final DatasetId id;
    private final Fd dir;
    private final Protection protection;
    private final RecordStore records;
    private final Fillings fillings;
    private final SnapshotNotes notes;
    private final UsageNote usage;

    DatasetFolder(DatasetId id, Fd dir, Protection protection) throws LinuxException {
        this.id = id;
        this.dir = dir;
        this.protection = protection;
        for (byte[] folder : FOLDERS) {
            Directories.make(dir, folder).close();
        }
        this.records = new RecordStore(Files.openDirectory(dir, Names.RECORDS));
        this.fillings = new Fillings(dir, protection, records);
        this.notes = new SnapshotNotes(dir);
        this.usage = new UsageNote(dir);
    }

    public DatasetId id() {
        return id;
    }

    public RecordStore records() {
        return records;
    }

    /** What was begun and is not complete. */
    public Fillings fillings() {
        return fillings;
    }

    /** What is remembered of complete snapshots. */
    public SnapshotNotes notes() {
        return notes;
    }

    /** What the dataset takes, as it was last noted. */
    public UsageNote usage() {
        return usage;
    }

    /** Where a complete snapshot is, relative to the cache folder. */
    public String directory(SnapshotId snapshot) {
        return "datasets/%s/snapshots/%s".formatted(id, snapshot);
    }

    /** All that are complete. */
    public List<SnapshotId> snapshots() throws LinuxException {
        return Names.snapshots(dir, Names.SNAPSHOTS);
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
        try (Fd snapshots = Files.openDirectory(dir, Names.SNAPSHOTS)) {
            return Files.openDirectory(snapshots, Names.of(snapshot));
        }
    }

    public boolean isComplete(SnapshotId snapshot) throws LinuxException {
        try (Fd snapshots = Files.openDirectory(dir, Names.SNAPSHOTS)) {
            return Directories.exists(snapshots, Names.of(snapshot));
        }
    }

    /** The snapshot that was completed last; null where there is none. It may be gone since. */
    private @Nullable SnapshotId newestPublished() throws LinuxException {
        String newest = SmallFile.text(dir, Names.NEWEST);
        return newest == null ? null : SnapshotId.parse(newest);
    }

    /** What new pods get: the snapshot that was completed last, unless it is gone or damaged; null where there is none. */
    public @Nullable SnapshotId current() throws LinuxException {
        SnapshotId noted = newestPublished();
        // a crash right after the very first was published leaves it without the note
        SnapshotId newest = noted == null ? newest(1).stream().findFirst().orElse(null) : noted;
        return newest != null && isComplete(newest) && notes.damage(newest) == null ? newest : null;
    }

    /** The complete snapshots that were mounted last, the last one first. */
    public List<SnapshotId> newest(int most) throws LinuxException {
        Map<SnapshotId, Instant> marked = new HashMap<>();
        for (SnapshotId snapshot : snapshots()) {
            marked.put(snapshot, notes.marked(snapshot));
        }
        return marked.entrySet().stream()
                .sorted(Map.Entry.<SnapshotId, Instant>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * A complete snapshot to take files from, or only chunks if it is damaged: those are compared with their digests.
     *
     * @return null if its root record is lost
     */
    public @Nullable OlderSnapshot older(SnapshotId snapshot) throws IOException {
        if (!(records.get(snapshot.hash()) instanceof SnapshotRoot root)) {
            return null;
        }
        boolean right = notes.damage(snapshot) == null;
        try (Fd snapshots = Files.openDirectory(dir, Names.SNAPSHOTS)) {
            return OlderSnapshot.of(snapshot, root, digests(snapshot), snapshots, Names.of(snapshot), right, right);
        }
    }

    /** The digests of a complete snapshot's chunks. */
    public DigestFile digests(SnapshotId snapshot) throws IOException {
        try (Fd digests = Files.openDirectory(dir, Names.DIGESTS)) {
            return DigestFile.open(digests, Names.of(snapshot));
        }
    }

    /** Makes a filling the complete snapshot, in one step. All of it must have reached the disk. */
    public void publish(Filling filling) throws IOException {
        byte[] name = Names.of(filling.id());
        filling.digests().sync();
        try (Fd digests = Files.openDirectory(dir, Names.DIGESTS);
                Fd snapshots = Files.openDirectory(dir, Names.SNAPSHOTS)) {
            Files.rename(filling.dir(), Names.DIGESTS, digests, name, 0);
            Data.fsync(digests);
            Files.rename(filling.dir(), Names.TREE, snapshots, name, Files.NO_REPLACE);
            Data.fsync(snapshots);
        }
        protection.set(filling.tree());
        published(filling.id());
    }

    /** Notes that a complete snapshot is the newest. Once more does no harm: a crash may have come before. */
    public void published(SnapshotId snapshot) throws LinuxException {
        if (!snapshot.equals(newestPublished())) {
            notes.mark(snapshot);
            SmallFile.replace(dir, Names.NEWEST, snapshot.hex());
        }
        fillings.discard(snapshot).orThrow();
    }

    /** Where files are made that replace others. */
    public Fd workshop() throws LinuxException {
        return Directories.make(dir, Names.MENDING);
    }

    /**
     * Takes a complete snapshot out of sight at once.
     *
     * @return the name of what is to be {@linkplain #clean(String) removed}
     */
    public String retire(SnapshotId snapshot) throws LinuxException {
        String away;
        try (Fd tree = tree(snapshot);
                Fd snapshots = Files.openDirectory(dir, Names.SNAPSHOTS);
                Fd removing = Files.openDirectory(dir, Names.REMOVING);
                Protection.Section _ = protection.section()) {
            protection.lift(tree);
            away = Directories.putAway(snapshots, snapshot.hex(), removing);
        }
        notes.remove(snapshot);
        return away;
    }

    /** Whether something that was retired is still there. */
    public boolean hasRetired() throws LinuxException {
        return !Directories.names(dir, Names.REMOVING).isEmpty();
    }

    /**
     * Removes all that was retired. One at a time: who comes second finds nothing left.
     *
     * @return what that freed
     */
    public synchronized Removed clean() throws LinuxException {
        return TreeRemoval.all(dir, Names.REMOVING, protection);
    }

    /**
     * Removes one that was retired, whatever became of others.
     *
     * @return what that freed
     */
    public synchronized Removed clean(String retired) throws LinuxException {
        try (Fd removing = Files.openDirectory(dir, Names.REMOVING)) {
            return TreeRemoval.of(removing, Names.ascii(retired), protection);
        }
    }

    /** Counts what the dataset takes, which may take minutes. */
    public Usage count() throws LinuxException {
        return TreeCount.of(dir);
    }

    @Override
    public void close() {
        records.close();
        dir.close();
    }
}
