package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.linux.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A new file that takes the place of one in complete snapshots, under each of its names. Whoever has the old one open keeps it. */
final class Replacement implements AutoCloseable {
    private static final byte[] NAME = "mended".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "second".getBytes(StandardCharsets.US_ASCII);

    private final DatasetFolder folder;
    private final SnapshotId snapshot;
    private final DatasetPath path;
    private final Protection protection;
    private final Fd workshop;
    private final Fd old;
    private final Fd file;

    Replacement(DatasetFolder folder, SnapshotId snapshot, DatasetPath path, Protection protection) throws IOException {
        this.folder = folder;
        this.snapshot = snapshot;
        this.path = path;
        this.protection = protection;
        try (Fd tree = folder.tree(snapshot)) {
            this.old = Files.open(tree, path.bytes(), Open.READ, 0);
        }
        this.workshop = folder.workshop();
        Files.unlinkIfThere(workshop, NAME);
        Files.unlinkIfThere(workshop, SECOND);
        this.file = Files.open(workshop, NAME, Open.READ_WRITE | Open.CREATE | Open.EXCLUSIVE, 0600);
    }

    /** The file as it is. */
    Fd old() {
        return old;
    }

    /** The file as it will be. */
    Fd file() {
        return file;
    }

    /** Puts the new file, which is whole now, wherever the old one is. */
    void put(FileEntry entry) throws IOException {
        file.close();
        try (Fd whole = Files.open(workshop, NAME, Open.READ, 0)) {
            protection.seal(whole);
            // to be linked
            protection.lift(whole);
            putEverywhere(entry);
            Files.unlinkIfThere(workshop, NAME);
            protection.set(whole);
        }
    }

    private void putEverywhere(FileEntry entry) throws IOException {
        long inode = Metadata.stat(old).inode();
        List<DatasetPath> names =
                entry.linkGroup() == 0 ? List.of(path) : GroupNames.of(folder, snapshot, entry.linkGroup());
        for (SnapshotId each : folder.snapshots()) {
            try (Fd tree = folder.tree(each)) {
                for (DatasetPath name : names) {
                    put(tree, name, inode);
                }
            }
        }
    }

    private void put(Fd tree, DatasetPath name, long inode) throws LinuxException {
        byte[] parentPath =
                name.parent().isRoot() ? new byte[] {'.'} : name.parent().bytes();
        try (Fd parent = Files.openDirectory(tree, parentPath);
                Fd there = Files.open(parent, name.last().bytes(), Open.READ, 0)) {
            if (Metadata.stat(there).inode() != inode) {
                return;
            }
            Stat before = Metadata.stat(parent);
            Files.link(workshop, NAME, workshop, SECOND);
            protection.lift(parent);
            protection.lift(there);
            Files.rename(workshop, SECOND, parent, name.last().bytes(), 0);
            Metadata.touch(parent, before.modified());
            Data.fsync(parent);
            protection.set(parent);
        } catch (LinuxException failure) {
            // another snapshot need not have the file
            if (failure.errno() != Errno.ENOENT && failure.errno() != Errno.ENOTDIR) {
                throw failure;
            }
        }
    }

    @Override
    public void close() throws LinuxException {
        Files.unlinkIfThere(workshop, NAME);
        file.close();
        workshop.close();
        old.close();
    }
}
