package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a complete snapshot for what has no immutable flag, and sets it: to add a name or to replace a file takes it
 * away for a moment, in which the process may end. Reads no file. What cannot be opened keeps it from nothing else.
 */
public final class ProtectionSweep {
    private final DatasetFolder folder;
    private final SnapshotId snapshot;
    private final Protection protection;
    private final BooleanSupplier stopped;
    private long restored;
    private @Nullable LinuxException failure;

    /** @param stopped whether to end early */
    public ProtectionSweep(DatasetFolder folder, SnapshotId snapshot, Protection protection, BooleanSupplier stopped) {
        this.folder = folder;
        this.snapshot = snapshot;
        this.protection = protection;
        this.stopped = stopped;
    }

    /**
     * Looks through all of it.
     *
     * @return how many files and directories had no flag
     */
    public long run() throws LinuxException {
        if (protection.possible()) {
            try (Fd tree = folder.tree(snapshot)) {
                directory(tree);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return restored;
    }

    private void directory(Fd dir) throws LinuxException {
        restore(dir);
        try (Entries entries = new Entries(dir)) {
            for (Entry entry = entries.next(); entry != null && !stopped.getAsBoolean(); entry = entries.next()) {
                entry(dir, entry);
            }
        }
    }

    private void entry(Fd dir, Entry entry) {
        try {
            entry(dir, entry.name(), type(dir, entry));
        } catch (LinuxException wrong) {
            failure = failure == null ? wrong : failure;
        }
    }

    private void entry(Fd dir, byte[] name, FileType type) throws LinuxException {
        if (type == FileType.DIRECTORY) {
            try (Fd below = Files.openDirectory(dir, name)) {
                directory(below);
            }
        } else if (type == FileType.REGULAR) {
            try (Fd file = Files.open(dir, name, Open.READ, 0)) {
                restore(file);
            }
        }
    }

    private static FileType type(Fd dir, Entry entry) throws LinuxException {
        return entry.type() == FileType.UNKNOWN
                ? Metadata.stat(dir, entry.name()).type()
                : entry.type();
    }

    private void restore(Fd fd) throws LinuxException {
        restored += protection.restore(fd, () -> folder.isComplete(snapshot)) ? 1 : 0;
    }
}
