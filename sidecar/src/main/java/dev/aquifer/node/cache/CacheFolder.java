package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileSystem;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cache folder, held by one agent at a time. To open it reads no more than a lock and a format: never what is in it. */
public final class CacheFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);
    private static final String FORMAT = "1";

    private final Path path;
    private final Fd root;
    private final Fd lock;
    private final Fd datasets;
    private final Fd removing;
    private final Protection protection;

    private CacheFolder(Path path, Fd root, Fd lock, Fd datasets, Fd removing, Protection protection) {
        this.path = path;
        this.root = root;
        this.lock = lock;
        this.datasets = datasets;
        this.removing = removing;
        this.protection = protection;
    }

    /**
     * Opens the folder and makes it first where it is missing.
     *
     * @param protection of the files in it
     * @throws CacheException if another agent holds it, or it is of another version
     */
    public static CacheFolder open(Path path, Protection protection) throws IOException {
        return open(path, protection, new SelinuxLabel());
    }

    static CacheFolder open(Path path, Protection protection, SelinuxLabel label) throws IOException {
        java.nio.file.Files.createDirectories(path);
        Fd root = Files.openRoot(path);
        try {
            Metadata.chmod(root, 0700);
            label.set(root, path);
            return open(path, root, protection);
        } catch (IOException | RuntimeException failure) {
            root.close();
            throw failure;
        }
    }

    private static CacheFolder open(Path path, Fd root, Protection protection) throws IOException {
        Fd lock = Files.open(root, Names.LOCK, Open.READ_WRITE | Open.CREATE, 0600);
        try {
            lock(path, lock);
            checkFormat(path, root);
            // at once, so that nothing has to be made when the disk is full and something should go
            Fd removing = Directories.make(root, Names.REMOVING);
            return new CacheFolder(path, root, lock, Directories.make(root, Names.DATASETS), removing, protection);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    public Path path() {
        return path;
    }

    /** The ids of all datasets that have a folder. */
    public List<DatasetId> datasets() throws LinuxException {
        List<DatasetId> ids = new ArrayList<>();
        for (byte[] name : Directories.names(root, Names.DATASETS)) {
            try {
                ids.add(new DatasetId(Names.text(name)));
            } catch (InvalidListing stranger) {
                LOG.warn("event=unknown-folder folder=\"{}\"", Names.text(name));
            }
        }
        return ids;
    }

    /** Opens the folder of a dataset, and makes it first where it is missing. */
    public DatasetFolder dataset(DatasetId id) throws LinuxException {
        Fd dir = Directories.make(datasets, Names.ascii(id.value()));
        try {
            return new DatasetFolder(id, dir, protection);
        } catch (LinuxException unreadable) {
            dir.close();
            throw unreadable;
        }
    }

    /**
     * Takes the folder of a dataset out of the way, so that the dataset can come again before all of it is removed.
     *
     * @return its name among what is to be removed
     */
    public String putAway(DatasetId id) throws LinuxException {
        return Directories.putAway(datasets, id.value(), removing);
    }

    /** Removes what was put away, which may take minutes. */
    public Removed remove(String away) throws LinuxException {
        return TreeRemoval.of(removing, Names.ascii(away), protection);
    }

    /** Removes all that was put away and is still there. */
    public Removed removeAll() throws LinuxException {
        return TreeRemoval.all(root, Names.REMOVING, protection);
    }

    public Space space() throws LinuxException {
        FileSystem system = FileSystem.of(root);
        return new Space(
                new Usage(system.availableBytes(), system.freeFiles()), new Usage(system.totalBytes(), system.files()));
    }

    public Protection protection() {
        return protection;
    }

    /** Lets another agent have the folder. */
    @Override
    public void close() {
        removing.close();
        datasets.close();
        root.close();
        lock.close();
    }

    private static void lock(Path path, Fd lock) throws IOException {
        try {
            Data.flock(lock, Data.EXCLUSIVE);
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.EAGAIN) {
                throw new CacheException(
                        "another node agent uses the cache folder %s: stop it, or give this one a folder of its own"
                                .formatted(path));
            }
            throw failure;
        }
    }

    private static void checkFormat(Path path, Fd root) throws IOException {
        String format = SmallFile.text(root, Names.FORMAT);
        if (format == null) {
            SmallFile.replace(root, Names.FORMAT, FORMAT + "\n");
        } else if (!format.equals(FORMAT)) {
            throw new CacheException(
                    "expected a cache of format %s in %s, found format '%s': empty the folder, or install the version that made it"
                            .formatted(FORMAT, path, format));
        }
    }
}
