package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folder that is shared. Whatever is opened here lies below it and was reached without following a link; what is
 * excluded is not there at all.
 */
public final class Source implements AutoCloseable {
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
