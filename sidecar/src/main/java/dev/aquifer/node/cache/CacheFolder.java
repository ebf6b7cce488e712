package dev.aquifer.node.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.linux.Attributes;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileSystem;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
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
    private static final byte[] SELINUX_LABEL = "system_u:object_r:container_file_t:s0\0".getBytes(US_ASCII);
    private static final Path SELINUX = Path.of("/sys/fs/selinux/enforce");

    private final Path path;
    private final Fd root;
    private final Fd lock;
    private final Fd datasets;
    private final Protection protection = new Protection();

    private CacheFolder(Path path, Fd root, Fd lock, Fd datasets) {
        this.path = path;
        this.root = root;
        this.lock = lock;
        this.datasets = datasets;
    }

    /**
     * Opens the folder and makes it first where it is missing.
     *
     * @throws CacheException if another agent holds it, or it is of another version
     */
    public static CacheFolder open(Path path) throws IOException {
        java.nio.file.Files.createDirectories(path);
        Fd root = Files.openRoot(path);
        Attributes.chmod(root, 0700);
        Fd lock = Files.open(root, Names.LOCK, Open.READ_WRITE | Open.CREATE, 0600);
        try {
            lock(path, lock);
            label(root);
            checkFormat(path, root);
            return new CacheFolder(path, root, lock, Directories.make(root, Names.DATASETS));
        } catch (IOException | RuntimeException failure) {
            lock.close();
            root.close();
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
        return new DatasetFolder(id, Directories.make(datasets, Names.ascii(id.value())), protection);
    }

    /** Removes the folder of a dataset that has nothing left in it. */
    public void remove(DatasetId id) throws LinuxException {
        Files.rmdir(datasets, Names.ascii(id.value()));
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

    private static void label(Fd root) throws LinuxException {
        if (java.nio.file.Files.exists(SELINUX)) {
            // before the first file: what is made below takes it over
            Attributes.setExtended(root, "security.selinux", SELINUX_LABEL);
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
