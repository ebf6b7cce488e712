package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.FileSystem;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Mounts;
import dev.aquifer.node.linux.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mounts by system calls. Targets are reached beneath kubelet's folder and snapshots beneath the cache, without following
 * a link. What is mounted is asked of the kernel each time and never remembered.
 */
public final class LinuxMounter implements Mounter {
    /** More mounts on one target than any accident stacks. */
    private static final int DEEPEST = 64;

    private final KubeletFolder kubelet;
    private final Path cache;
    private final Presentation presentation;

    /**
     * Mounts what is in the cache below kubelet's folder.
     *
     * @param hidden a folder that no other process can change, for kernels without {@code mount_setattr}
     * @param empty where an empty directory may stand for good, for snapshots whose files are not immutable
     */
    public LinuxMounter(Path kubelet, Path cache, Path hidden, Path empty) {
        this(kubelet, cache, Presentation.of(hidden, empty));
    }

    LinuxMounter(Path kubelet, Path cache, Presentation presentation) {
        this.kubelet = new KubeletFolder(kubelet);
        this.cache = cache;
        this.presentation = presentation;
    }

    @Override
    public TargetState state(TargetPath target) throws IOException {
        try (Fd fd = kubelet.open(target)) {
            Stat stat = Metadata.stat(fd);
            MountInfo mount = stat.mountRoot() ? MountTable.read().byId(stat.mountId()) : null;
            return mount == null ? new TargetState.Plain() : state(mount, new ShownRoot(stat.device(), stat.inode()));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return new TargetState.Absent();
            }
            throw e;
        }
    }

    private TargetState state(MountInfo mount, ShownRoot shown) throws IOException {
        SnapshotDirectory snapshot = mount.snapshot();
        if (snapshot == null) {
            return new TargetState.Foreign(mount.root());
        }
        ShownRoot cached = cached(snapshot);
        boolean same = mount.isOverlay() ? cached != null : shown.equals(cached);
        return same ? new TargetState.Shows(snapshot) : new TargetState.Stale(snapshot);
    }

    private @Nullable ShownRoot cached(SnapshotDirectory snapshot) throws IOException {
        try (Fd fd = open(snapshot)) {
            return root(fd);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void mount(SnapshotDirectory snapshot, TargetPath target) throws IOException {
        try (Fd source = open(snapshot)) {
            kubelet.make(target);
            try (Fd at = kubelet.open(target)) {
                if (Metadata.stat(at).mountRoot()) {
                    throw new IOException("expected nothing to be mounted at %s, found a mount".formatted(target));
                }
                presentation.attach(snapshot, source, at);
            }
        }
        confirm(snapshot, target);
    }

    /** Believes no call that it did what it should. */
    private void confirm(SnapshotDirectory snapshot, TargetPath target) throws IOException {
        try (Fd mounted = kubelet.open(target)) {
            FileSystem system = FileSystem.of(mounted);
            TargetState state = state(target);
            if (!state.equals(new TargetState.Shows(snapshot))
                    || !system.readOnly()
                    || !system.noSuid()
                    || !system.noDevices()) {
                throw new IOException("expected %s to show the snapshot, read-only, nosuid and nodev, found %s, %s"
                        .formatted(target, state, system));
            }
        } catch (IOException | RuntimeException e) {
            detach(target);
            throw e;
        }
    }

    @Override
    public @Nullable SnapshotDirectory unmount(TargetPath target) throws IOException {
        SnapshotDirectory seen = null;
        for (int depth = 0; depth < DEEPEST; depth++) {
            switch (state(target)) {
                case TargetState.Absent _ -> {
                    return seen;
                }
                case TargetState.Plain _ -> {
                    kubelet.remove(target);
                    return seen;
                }
                case TargetState.Ours ours -> {
                    detach(target);
                    seen = seen == null ? ours.snapshot() : seen;
                }
                case TargetState.Foreign foreign ->
                    throw new IOException(
                            "expected a snapshot or nothing to be mounted at %s, found '%s': unmount it by hand"
                                    .formatted(target, foreign.root()));
            }
        }
        throw new IOException(
                "expected at most %d mounts at %s, found more: unmount them by hand".formatted(DEEPEST, target));
    }

    @Override
    public List<ShownRoot> shown() throws IOException {
        MountTable table = MountTable.read();
        Device device = cacheDevice(table);
        List<ShownRoot> roots = new ArrayList<>();
        for (MountInfo mount : table.below(kubelet.path().toString())) {
            // others, a dead file server's for one, must not even be looked at, whatever their directories are called
            boolean mayBeOurs = mount.isOverlay() || mount.device().equals(device);
            SnapshotDirectory snapshot = mayBeOurs ? mount.snapshot() : null;
            ShownRoot root = snapshot == null ? null : root(mount, snapshot);
            if (root != null) {
                roots.add(root);
            }
        }
        return roots;
    }

    /** As the table has it: of some file systems stat says another. */
    private Device cacheDevice(MountTable table) throws IOException {
        try (Fd folder = Files.openRoot(cache)) {
            MountInfo mount = table.byId(Metadata.stat(folder).mountId());
            if (mount == null) {
                throw new IOException(
                        "expected the file system of the cache %s in the table of mounts, found none".formatted(cache));
            }
            return mount.device();
        }
    }

    private @Nullable ShownRoot root(MountInfo mount, SnapshotDirectory snapshot) throws IOException {
        if (mount.isOverlay()) {
            return cached(snapshot);
        }
        try (Fd fd = kubelet.open(kubelet.parse(mount.point()))) {
            return root(fd);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return null; // unmounted since the table was read, or a file of somebody that is only called so
            }
            throw e;
        }
    }

    private static ShownRoot root(Fd fd) throws IOException {
        Stat stat = Metadata.stat(fd);
        return new ShownRoot(stat.device(), stat.inode());
    }

    private Fd open(SnapshotDirectory snapshot) throws IOException {
        try (Fd folder = Files.openRoot(cache)) {
            return Files.openDirectory(folder, snapshot.bytes());
        }
    }

    /** The topmost one; somebody else may have been faster. */
    private static void detach(TargetPath target) throws IOException {
        try {
            Mounts.unmount(target.bytes());
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }
}
