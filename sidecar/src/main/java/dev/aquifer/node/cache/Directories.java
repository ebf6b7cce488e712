package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directories of our own. */
final class Directories {
    private static final int PRIVATE = 0700;

    private Directories() {}

    /** Opens it, and makes it first where it is missing. */
    static Fd make(Fd parent, byte[] name) throws LinuxException {
        try {
            Files.mkdir(parent, name, PRIVATE);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EEXIST) {
                throw failure;
            }
        }
        return Files.openDirectory(parent, name);
    }

    /** Opens it; null where it is missing. */
    static @Nullable Fd openIfThere(Fd parent, byte[] name) throws LinuxException {
        try {
            return Files.openDirectory(parent, name);
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.ENOENT) {
                return null;
            }
            throw failure;
        }
    }

    /** The names in it, all of them: only for directories that are ours and short. */
    static List<byte[]> names(Fd parent, byte[] name) throws LinuxException {
        Fd dir = openIfThere(parent, name);
        return dir == null ? List.of() : list(dir);
    }

    /** The same of an open one. */
    static List<byte[]> names(Fd dir) throws LinuxException {
        return list(Files.reopen(dir));
    }

    private static List<byte[]> list(Fd dir) throws LinuxException {
        List<byte[]> names = new ArrayList<>();
        try (dir;
                Entries entries = new Entries(dir)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                names.add(entry.name());
            }
        }
        return names;
    }

    /** The next entry; null at the end, which the removal of the directory is too. */
    static @Nullable Entry next(Entries entries) throws LinuxException {
        try {
            return entries.next();
        } catch (LinuxException failure) {
            // so the kernel says that the open directory itself was removed
            if (failure.errno() == Errno.ENOENT) {
                return null;
            }
            throw failure;
        }
    }

    /**
     * Moves what is to be removed out of the way, beside what of the same name is not removed yet.
     *
     * @return its name there
     */
    static String putAway(Fd parent, String name, Fd removing) throws LinuxException {
        for (long number = 1; ; number++) {
            String away = name + "." + number;
            try {
                Files.rename(parent, Names.ascii(name), removing, Names.ascii(away), Files.NO_REPLACE);
                return away;
            } catch (LinuxException failure) {
                if (failure.errno() != Errno.EEXIST) {
                    throw failure;
                }
            }
        }
    }

    static boolean exists(Fd parent, byte[] name) throws LinuxException {
        return statIfThere(parent, name) != null;
    }

    /** What it is; null where it is missing. */
    static @Nullable Stat statIfThere(Fd parent, byte[] name) throws LinuxException {
        try {
            return Metadata.stat(parent, name);
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.ENOENT) {
                return null;
            }
            throw failure;
        }
    }
}
