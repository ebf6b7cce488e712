package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The snapshots of a dataset that were begun and are not complete: nobody sees them, and what they have is not fetched again. */
public final class Fillings {
    /** In place of the boot of which what was written is believed. */
    private static final String NO_BOOT = "none";

    private final Fd dir;
    private final Protection protection;
    private final RecordStore records;

    /** @param dir the dataset's folder, which stays the caller's */
    Fillings(Fd dir, Protection protection, RecordStore records) {
        this.dir = dir;
        this.protection = protection;
        this.records = records;
    }

    /** All of them. */
    public List<SnapshotId> list() throws LinuxException {
        return Names.snapshots(dir, Names.FILLING);
    }

    /**
     * Begins to fill a snapshot, or goes on where a fill of it ended.
     *
     * @param boot names this run of the machine
     */
    public Filling begin(SnapshotId snapshot, String boot) throws IOException {
        List<Fd> opened = new ArrayList<>();
        try (Fd fillings = Files.openDirectory(dir, Names.FILLING)) {
            Fd filling = Directories.make(fillings, Names.of(snapshot));
            opened.add(filling);
            takeBackDigests(filling, snapshot);
            String before = SmallFile.text(filling, Names.BOOT);
            if (before == null) {
                SmallFile.replace(filling, Names.BOOT, boot);
            }
            Fd tree = Directories.make(filling, Names.TREE);
            opened.add(tree);
            Fd links = Directories.make(filling, Names.LINKS);
            opened.add(links);
            boolean trusted = before == null || before.equals(boot);
            return new Filling(snapshot, filling, tree, links, DigestFile.open(filling, Names.DIGESTS), trusted);
        } catch (IOException | RuntimeException failure) {
            opened.forEach(Fd::close);
            throw failure;
        }
    }

    /** From now on chunks that have a digest are believed, until the machine starts anew. */
    public void trust(Filling filling, String boot) throws LinuxException {
        SmallFile.replace(filling.dir(), Names.BOOT, boot);
    }

    /**
     * What was filled of a snapshot, to take files and chunks from; null if there is nothing yet.
     *
     * @param boot names this run of the machine: of what was written in another, only chunks are to be taken, and read first
     */
    public @Nullable OlderSnapshot older(SnapshotId snapshot, String boot) throws IOException {
        try (Fd fillings = Files.openDirectory(dir, Names.FILLING);
                Fd filling = Files.openDirectory(fillings, Names.of(snapshot))) {
            if (!(records.get(snapshot.hash()) instanceof SnapshotRoot root)
                    || !Directories.exists(filling, Names.TREE)
                    || !Directories.exists(filling, Names.DIGESTS)) {
                return null;
            }
            boolean trusted = boot.equals(SmallFile.text(filling, Names.BOOT));
            DigestFile digests = DigestFile.open(filling, Names.DIGESTS);
            return OlderSnapshot.of(snapshot, root, digests, filling, Names.TREE, false, trusted);
        }
    }

    /** What was filled of each takes so much, without what it shares with others. */
    public Map<SnapshotId, Usage> held() throws LinuxException {
        Map<SnapshotId, Usage> held = new HashMap<>();
        for (SnapshotId begun : list()) {
            held.put(begun, held(begun));
        }
        return held;
    }

    /** What was filled of a snapshot takes so much, without what it shares with others. */
    public Usage held(SnapshotId snapshot) throws LinuxException {
        try (Fd fillings = Files.openDirectory(dir, Names.FILLING)) {
            Fd filling = Directories.openIfThere(fillings, Names.of(snapshot));
            if (filling == null) {
                return Usage.NONE;
            }
            try (filling) {
                return TreeCount.unshared(filling, Names.LINKS, Names.TREE).plus(digests(filling));
            }
        }
    }

    /**
     * Removes those of other snapshots but for a few.
     *
     * @param most how many stay: those with the most chunks
     * @return what that freed
     */
    public Removed keepFullest(SnapshotId filled, int most) throws LinuxException {
        Map<SnapshotId, Long> chunks = new HashMap<>();
        for (SnapshotId begun : list()) {
            if (!begun.equals(filled)) {
                chunks.put(begun, digestBytes(begun));
            }
        }
        List<SnapshotId> least = chunks.entrySet().stream()
                .sorted(Map.Entry.<SnapshotId, Long>comparingByValue().reversed())
                .skip(most)
                .map(Map.Entry::getKey)
                .toList();
        Removed all = Removed.NOTHING;
        for (SnapshotId begun : least) {
            all = all.plus(discard(begun));
        }
        return all;
    }

    private long digestBytes(SnapshotId snapshot) throws LinuxException {
        try (Fd fillings = Files.openDirectory(dir, Names.FILLING);
                Fd filling = Files.openDirectory(fillings, Names.of(snapshot))) {
            return digests(filling).bytes();
        }
    }

    /** The file has holes where a chunk is missing. */
    private static Usage digests(Fd filling) throws LinuxException {
        return Directories.exists(filling, Names.DIGESTS)
                ? new Usage(Metadata.stat(filling, Names.DIGESTS).allocated(), 1)
                : Usage.NONE;
    }

    /** Removes what was filled of a snapshot. */
    public Removed discard(SnapshotId snapshot) throws LinuxException {
        try (Fd fillings = Files.openDirectory(dir, Names.FILLING)) {
            Fd filling = Directories.openIfThere(fillings, Names.of(snapshot));
            if (filling == null) {
                return Removed.NOTHING;
            }
            Usage digests;
            try (filling) {
                // first: a crash within the removal must not leave digests of chunks that are gone
                digests = digests(filling);
                Files.unlinkIfThere(filling, Names.DIGESTS);
            }
            return new Removed(digests, null).plus(TreeRemoval.of(fillings, Names.of(snapshot), protection));
        }
    }

    /**
     * A crash within the publication of this very snapshot had put them away already. One within its removal had left them
     * there, and their files are gone: which it was shows when the files are read, and until all are, none is believed.
     */
    private void takeBackDigests(Fd filling, SnapshotId snapshot) throws LinuxException {
        try (Fd digests = Files.openDirectory(dir, Names.DIGESTS)) {
            if (!Directories.exists(filling, Names.DIGESTS) && Directories.exists(digests, Names.of(snapshot))) {
                SmallFile.replace(filling, Names.BOOT, NO_BOOT);
                Files.rename(digests, Names.of(snapshot), filling, Names.DIGESTS, 0);
            }
        }
    }
}
