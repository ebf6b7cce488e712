package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Attributes;
import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Stat;
import java.util.HashSet;
import java.util.Set;

/** Counts what a tree takes, as {@code du} does: a file of several names once. */
final class TreeCount {
    private static final int BLOCK = 512;

    private final Set<Long> shared = new HashSet<>();
    private long bytes;
    private long inodes;

    private TreeCount() {}

    static Usage of(Fd dir) throws LinuxException {
        TreeCount count = new TreeCount();
        try (Fd root = Directories.open(dir, new byte[] {'.'})) {
            count.directory(root);
        }
        return new Usage(count.bytes, count.inodes);
    }

    private void directory(Fd dir) throws LinuxException {
        add(Attributes.stat(dir));
        try (Entries entries = new Entries(dir)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                Stat stat = Attributes.stat(dir, entry.name());
                if (stat.type() == FileType.DIRECTORY) {
                    try (Fd below = Directories.open(dir, entry.name())) {
                        directory(below);
                    }
                } else if (stat.links() == 1 || shared.add(stat.inode())) {
                    add(stat);
                }
            }
        }
    }

    private void add(Stat stat) {
        bytes += stat.blocks() * BLOCK;
        inodes++;
    }
}
