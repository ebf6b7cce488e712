package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what a tree takes, as {@code du} does: a file of several names once, for each name has its share. That needs no memory
 * of the files, of which there may be many millions. What somebody removes meanwhile takes nothing.
 */
final class TreeCount {
    /** As many files of several names are known again, since memory has an end. */
    private static final int MOST_KNOWN = 200_000;

    private final boolean withShared;
    /** Of each such file, how many of its names are still to be met. */
    private final Map<Long, Integer> unmet = new HashMap<>();

    private double bytes;
    private double inodes;

    private TreeCount(boolean withShared) {
        this.withShared = withShared;
    }

    static Usage of(Fd dir) throws LinuxException {
        TreeCount count = new TreeCount(true);
        try (Fd root = Files.reopen(dir)) {
            count.directory(root);
        }
        return count.sum();
    }

    /**
     * Without files that have names elsewhere, which may be others' too.
     *
     * @param trees those whose files of several names are to be known for certain come first
     */
    static Usage unshared(Fd dir, byte[]... trees) throws LinuxException {
        TreeCount count = new TreeCount(false);
        for (byte[] tree : trees) {
            count.entry(dir, tree);
        }
        return count.sum();
    }

    private Usage sum() {
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
        } else if (stat.links() == 1 || (withShared && stat.links() > 1)) {
            // else it has lost its last name behind the look at that name
            add(stat, stat.links());
        } else if (stat.links() > 1 && isLastName(stat)) {
            add(stat, 1);
        }
    }

    private boolean isLastName(Stat stat) {
        if (unmet.size() == MOST_KNOWN && !unmet.containsKey(stat.inode())) {
            return false;
        }
        return unmet.merge(stat.inode(), stat.links() - 1, (left, _) -> left - 1) == 0;
    }

    private void add(Stat stat, long names) {
        bytes += (double) stat.allocated() / names;
        inodes += 1.0 / names;
    }
}
