package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileSystem;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The folder that is shared. Whatever is opened here lies below it and was reached without following a link; what is
 * excluded is not there at all.
 */
public final class Source implements AutoCloseable {
    /** File systems on disks and in memory ({@code linux/magic.h}): ext4, XFS, Btrfs, F2FS, tmpfs; and OpenZFS'. */
    private static final Set<Long> STAMPED_HERE =
            Set.of(0xEF53L, 0x58465342L, 0x9123683EL, 0xF2F52010L, 0x01021994L, 0x2FC12FC1L);

    private static final DatasetPath LOST_AND_FOUND = DatasetPath.parse("lost+found");

    private final Fd root;
    private final Set<DatasetPath> excluded;

    private Source(Fd root, Set<DatasetPath> excluded) {
        this.root = root;
        this.excluded = excluded;
    }

    /**
     * Opens the folder; {@code lost+found} at its top is excluded always.
     *
     * @param excluded below the root, never the root itself
     */
    public static Source open(Path folder, Set<DatasetPath> excluded) throws LinuxException {
        var all = new HashSet<>(excluded);
        all.add(LOST_AND_FOUND);
        return new Source(Files.openRoot(folder), Set.copyOf(all));
    }

    /** The device whose files this kernel's clock stamps; null where that is another's, or cannot be known. */
    public @Nullable Device stampedHere() throws LinuxException {
        return isStampedHere() ? Metadata.stat(root).device() : null;
    }

    private boolean isStampedHere() {
        try {
            return STAMPED_HERE.contains(FileSystem.of(root).type());
        } catch (LinuxException untold) {
            return false;
        }
    }

    /** The names in this directory that are excluded. */
    public Set<Name> excludedIn(DatasetPath directory) {
        return excluded.stream()
                .filter(path -> path.parent().equals(directory))
                .map(DatasetPath::last)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this path or a directory on its way is excluded. */
    public boolean isExcluded(DatasetPath path) {
        var names = path.names();
        return excluded.stream()
                .map(DatasetPath::names)
                .anyMatch(gone -> gone.size() <= names.size()
                        && names.subList(0, gone.size()).equals(gone));
    }

    /** The folder itself, anew: each reader of its entries needs a descriptor of its own. */
    public Fd openRoot() throws LinuxException {
        return Files.reopen(root);
    }

    /** A directory below another one that is open. */
    public static Fd openDirectory(Fd parent, Name name) throws LinuxException {
        return Files.openDirectory(parent, name.bytes());
    }

    /** A file, or a directory, for reading; never waits for the other end of a FIFO. */
    public Fd openFile(DatasetPath path) throws LinuxException {
        return Files.open(root, path.bytes(), Open.READ | Open.NONBLOCK, 0);
    }

    @Override
    public void close() {
        root.close();
    }
}
