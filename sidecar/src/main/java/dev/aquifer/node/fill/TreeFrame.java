package dev.aquifer.node.fill;

import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory of the tree being made, beside the same directory in older snapshots. */
public final class TreeFrame implements AutoCloseable {
    private final DatasetPath path;
    private final OpenDirectory directory;
    private final Map<OlderSnapshot, OpenDirectory> older = new HashMap<>();

    private TreeFrame(DatasetPath path, Fd fd) {
        this.path = path;
        this.directory = new OpenDirectory(fd);
    }

    public static TreeFrame root(Fd tree, List<OlderSnapshot> older) throws LinuxException {
        TreeFrame frame = new TreeFrame(DatasetPath.ROOT, Files.reopen(tree));
        for (OlderSnapshot snapshot : older) {
            frame.older.put(snapshot, new OpenDirectory(Files.reopen(snapshot.tree())));
        }
        return frame;
    }

    /** The sub-directory of this name, in the older snapshots that list it too. */
    public TreeFrame below(Name name, List<OlderSnapshot> having) throws LinuxException {
        TreeFrame frame = new TreeFrame(path.child(name), Files.openDirectory(directory.fd(), name.bytes()));
        for (OlderSnapshot snapshot : having) {
            OpenDirectory parent = older.get(snapshot);
            Fd same = parent == null ? null : openIfThere(parent.fd(), name.bytes());
            if (same != null) {
                frame.older.put(snapshot, new OpenDirectory(same));
            }
        }
        return frame;
    }

    public DatasetPath path() {
        return path;
    }

    public OpenDirectory directory() {
        return directory;
    }

    /** The same directory in an older snapshot; null where it has none, as a half-made one may. */
    @Nullable OpenDirectory older(OlderSnapshot snapshot) {
        return older.get(snapshot);
    }

    @Override
    public void close() {
        directory.close();
        older.values().forEach(OpenDirectory::close);
    }

    private static @Nullable Fd openIfThere(Fd parent, byte[] name) throws LinuxException {
        try {
            return Files.openDirectory(parent, name);
        } catch (LinuxException failure) {
            Errno errno = failure.errno();
            if (errno.isDamage() || errno == Errno.ENOTDIR || errno == Errno.ELOOP) {
                return null;
            }
            throw failure;
        }
    }
}
