package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;

/**
 * Counts what a tree takes, as {@code du} does: a file of several names once, for each name has its share. That needs no memory
 * of the files, of which there may be many millions.
 */
final class TreeCount {
    private final boolean withShared;
    private double bytes;
    private double inodes;

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
        return new Usage(Math.round(bytes), Math.round(inodes));
    }

    private void directory(Fd dir) throws LinuxException {
        add(Metadata.stat(dir), 1);
        try (Entries entries = new Entries(dir)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                Stat stat = Metadata.stat(dir, entry.name());
                if (stat.type() == FileType.DIRECTORY) {
                    try (Fd below = Files.openDirectory(dir, entry.name())) {
                        directory(below);
                    }
                } else if (withShared || stat.links() == 1) {
                    add(stat, stat.links());
                }
            }
        }
    }

    private void add(Stat stat, long names) {
        bytes += (double) stat.allocated() / names;
        inodes += 1.0 / names;
    }
}
