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
import java.util.List;

/** A new file that takes the place of one in complete snapshots, under each of its names. Whoever has the old one open keeps it. */
final class Replacement implements AutoCloseable {
    private final DatasetFolder folder;
    private final SnapshotId snapshot;
    private final DatasetPath path;
    private final Protection protection;
    private final Workshop workshop;
    private final Fd old;
    private final Fd file;

    Replacement(DatasetFolder folder, SnapshotId snapshot, DatasetPath path, Protection protection) throws IOException {
        this.folder = folder;
        this.snapshot = snapshot;
        this.path = path;
        this.protection = protection;
        this.workshop = Workshop.open(folder, protection);
        try {
            this.old = open(folder, snapshot, path);
        } catch (IOException | RuntimeException failure) {
            workshop.close();
            throw failure;
        }
        try {
            this.file = workshop.create();
        } catch (IOException | RuntimeException failure) {
            old.close();
            workshop.close();
            throw failure;
        }
    }

    private static Fd open(DatasetFolder folder, SnapshotId snapshot, DatasetPath path) throws LinuxException {
        try (Fd tree = folder.tree(snapshot)) {
            return Files.open(tree, path.bytes(), Open.READ, 0);
        }
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
        try (Fd whole = workshop.whole()) {
            protection.seal(whole);
            // to be linked
            protection.lift(whole);
            putEverywhere(entry);
            workshop.clear();
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
            protection.lift(parent);
            protection.lift(there);
            workshop.place(parent, name.last().bytes());
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
        file.close();
        old.close();
        try (workshop) {
            workshop.clear();
        }
    }
}
