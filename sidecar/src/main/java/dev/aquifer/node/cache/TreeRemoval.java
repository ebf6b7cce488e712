package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.linux.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Removes a tree of ours and counts what that gave back: a file that another snapshot shares gives back nothing. Somebody else
 * may remove of it at the same time. What cannot be removed keeps nothing else from it.
 */
final class TreeRemoval {
    private final Protection protection;
    private Usage freed = Usage.NONE;
    private @Nullable LinuxException failure;

    private TreeRemoval(Protection protection) {
        this.protection = protection;
    }

    /** Removes the tree, all of it, also one that was half removed before. */
    static Removed of(Fd parent, byte[] name, Protection protection) {
        TreeRemoval removal = new TreeRemoval(protection);
        removal.trying(() -> removal.directory(parent, name));
        return removal.result();
    }

    /** The same of all that is in a directory, which stays. */
    static Removed all(Fd parent, byte[] name, Protection protection) throws LinuxException {
        TreeRemoval removal = new TreeRemoval(protection);
        try (Fd dir = Files.openDirectory(parent, name)) {
            for (byte[] each : Directories.names(dir)) {
                removal.trying(() -> removal.directory(dir, each));
            }
        }
        return removal.result();
    }

    private Removed result() {
        return new Removed(freed, failure);
    }

    private interface Step {
        void run() throws LinuxException;
    }

    private void trying(Step step) {
        try {
            step.run();
        } catch (LinuxException wrong) {
            failure = failure == null ? wrong : failure;
        }
    }

    private void directory(Fd parent, byte[] name) throws LinuxException {
        Fd dir = Directories.openIfThere(parent, name);
        if (dir == null) {
            return;
        }
        long allocated;
        try (dir;
                Entries entries = new Entries(dir)) {
            protection.lift(dir);
            for (Entry entry = Directories.next(entries); entry != null; entry = Directories.next(entries)) {
                Entry next = entry;
                trying(() -> remove(dir, next));
            }
            allocated = Metadata.stat(dir).allocated();
        }
        Files.rmdirIfThere(parent, name);
        freed = freed.plus(new Usage(allocated, 1));
    }

    private void remove(Fd dir, Entry entry) throws LinuxException {
        Stat stat = Directories.statIfThere(dir, entry.name());
        if (stat == null) {
            return;
        }
        if (stat.type() == FileType.DIRECTORY) {
            directory(dir, entry.name());
            return;
        }
        if (stat.type() == FileType.REGULAR) {
            file(dir, entry.name(), stat.links() > 1);
        } else {
            Files.unlinkIfThere(dir, entry.name());
        }
        if (stat.links() == 1) {
            freed = freed.plus(new Usage(stat.allocated(), 1));
        }
    }

    private void file(Fd dir, byte[] name, boolean shared) throws LinuxException {
        try {
            Files.unlinkIfThere(dir, name);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EPERM) {
                throw failure;
            }
            try (Fd file = Files.open(dir, name, Open.READ | Open.NONBLOCK, 0);
                    Protection.Section _ = protection.section()) {
                protection.lift(file);
                Files.unlinkIfThere(dir, name);
                if (shared) {
                    protection.set(file);
                }
            }
        }
    }
}
