package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import java.util.HashSet;
import java.util.Set;

/** Counts what a tree takes, as {@code du} does: a file of several names once. */
final class TreeCount {
    private final Set<Long> shared = new HashSet<>();
    private final boolean withShared;
    private long bytes;
    private long inodes;

    private TreeCount(boolean withShared) {
        this.withShared = withShared;
    }

    static Usage of(Fd dir) throws LinuxException {
        return new TreeCount(true).count(dir);
    }

    /** Without files of several names, which may be others' too. */
    static Usage unshared(Fd dir) throws LinuxException {
        return new TreeCount(false).count(dir);
    }

    private Usage count(Fd dir) throws LinuxException {
        try (Fd root = Files.reopen(dir)) {
            directory(root);
        }
        return new Usage(bytes, inodes);
    }

    private void directory(Fd dir) throws LinuxException {
        add(Metadata.stat(dir));
        try (Entries entries = new Entries(dir)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                Stat stat = Metadata.stat(dir, entry.name());
                if (stat.type() == FileType.DIRECTORY) {
                    try (Fd below = Files.openDirectory(dir, entry.name())) {
                        directory(below);
                    }
                } else if (stat.links() == 1 || (withShared && shared.add(stat.inode()))) {
                    add(stat);
                }
            }
        }
    }

    private void add(Stat stat) {
        bytes += stat.allocated();
        inodes++;
    }
}
