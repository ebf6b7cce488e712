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
 * of the files, of which there may be many millions. What somebody removes meanwhile takes nothing.
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
            for (Entry entry = Directories.next(entries); entry != null; entry = Directories.next(entries)) {
                entry(dir, entry.name());
            }
        }
    }

    private void entry(Fd dir, byte[] name) throws LinuxException {
        Stat stat = Directories.statIfThere(dir, name);
        if (stat == null) {
            return;
        }
        if (stat.type() == FileType.DIRECTORY) {
            Fd below = Directories.openIfThere(dir, name);
            if (below != null) {
                try (below) {
                    directory(below);
                }
            }
        } else if (isCounted(stat.links())) {
            add(stat, stat.links());
        }
    }

    /** A file may have lost its last name behind the look at that name. */
    private boolean isCounted(long names) {
        return names == 1 || (withShared && names > 1);
    }

    private void add(Stat stat, long names) {
        bytes += (double) stat.allocated() / names;
        inodes += 1.0 / names;
    }
}
