package dev.aquifer.node.fill;

import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what older snapshots have of a file: the very same file, or chunks that may be the same. */
final class OlderFiles {
    private final Protection protection;

    OlderFiles(Protection protection) {
        this.protection = protection;
    }

    /**
     * The older file that is the same in version, mode, owner, group, time and size, and is whole. One of a snapshot that is
     * not complete may still have to be finished; what it had before a restart of the machine may be lost, and does not count.
     *
     * @return null where there is none
     */
    static @Nullable OlderFile same(FileEntry file, List<OlderFile> older) throws IOException {
        for (OlderFile candidate : older) {
            if (candidate.entry().equals(file) && (candidate.snapshot().complete() || isWhole(candidate))) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether the older file is a further name of another, by whose digests it is checked. */
    static boolean isFurtherName(FileEntry file, OlderFile same) throws IOException {
        return file.linkGroup() != 0
                && file.size() > 0
                && same.snapshot().digests().isFurtherName(same.firstChunk());
    }

    private static boolean isWhole(OlderFile older) throws IOException {
        long chunks = Chunks.count(older.entry().size());
        return chunks > 0
                && older.snapshot().trusted()
                && older.snapshot().digests().present(older.firstChunk(), chunks) == chunks;
    }

    /**
     * Gives the older file a second name.
     *
     * @param complete a file of a complete snapshot is protected afterwards, also if a crash had left it without
     * @return false if it has as many names as the file system allows, or the disk does not give it back
     */
    boolean link(Fd fromDir, Fd toDir, byte[] name, boolean complete) throws LinuxException {
        try {
            whileLinkable(fromDir, name, complete, () -> Files.link(fromDir, name, toDir, name));
            return true;
        } catch (LinuxException failure) {
            Errno errno = failure.errno();
            if (errno == Errno.EMLINK || errno.isDamage()) {
                return false;
            }
            if (errno == Errno.EEXIST) {
                return isOneFile(fromDir, toDir, name);
            }
            throw failure;
        }
    }

    /** Does something while the older file can be given names; a protected one cannot. */
    void whileLinkable(Fd dir, byte[] name, boolean complete, Linking linking) throws LinuxException {
        try (Fd file = Files.open(dir, name, Open.READ, 0);
                Protection.Section _ = protection.section()) {
            boolean isProtected = complete || protection.isSet(file);
            protection.lift(file);
            try {
                linking.link();
            } finally {
                if (isProtected) {
                    protection.set(file);
                }
            }
        }
    }

    /** Gives a file a name. */
    @FunctionalInterface
    interface Linking {
        void link() throws LinuxException;
    }

    /** Whether an earlier run linked it: it may as well have begun to fetch it. */
    private static boolean isOneFile(Fd fromDir, Fd toDir, byte[] name) throws LinuxException {
        return Metadata.stat(fromDir, name).inode()
                == Metadata.stat(toDir, name).inode();
    }

    /** The chunk at the same place of the newest older file that has one of the same length there. */
    static @Nullable OlderChunk chunk(FileEntry file, long chunk, OlderFile older, OpenDirectory dir)
            throws IOException {
        if (chunk >= Chunks.count(older.entry().size())
                || length(older.entry().size(), chunk) != length(file.size(), chunk)) {
            return null;
        }
        Hash digest = older.snapshot().digests().get(older.firstChunk() + chunk);
        return digest == null ? null : new OlderChunk(dir, file.name(), chunk, digest);
    }

    private static int length(long size, long chunk) {
        return Chunks.length(size, Chunks.offset(chunk));
    }
}
