package dev.aquifer.node.fill;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import java.util.ArrayList;
import java.util.List;

/**
 * Directories that pods mount other volumes on. The runtime cannot make them in a read-only volume, so they are made here:
 * the one change that a complete snapshot allows.
 */
public record MountPoints(List<DatasetPath> paths, Protection protection) {
    private static final int MODE = 0755;

    public MountPoints {
        paths = List.copyOf(paths);
    }

    /**
     * Makes those that are missing.
     *
     * @return the paths that cannot be had, because the source has something else there
     */
    public List<DatasetPath> make(Fd tree) throws LinuxException {
        List<DatasetPath> inTheWay = new ArrayList<>();
        for (DatasetPath path : paths) {
            if (!make(tree, path)) {
                inTheWay.add(path);
            }
        }
        return inTheWay;
    }

    private boolean make(Fd tree, DatasetPath path) throws LinuxException {
        Fd here = Files.reopen(tree);
        try {
            for (Name name : path.names()) {
                Fd below = open(here, name.bytes());
                here.close();
                here = below;
            }
            return true;
        } catch (LinuxException failure) {
            return switch (failure.errno()) {
                case ENOTDIR, ELOOP -> false;
                default -> throw failure;
            };
        } finally {
            here.close();
        }
    }

    private Fd open(Fd parent, byte[] name) throws LinuxException {
        try {
            return Files.openDirectory(parent, name);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw failure;
            }
            return add(parent, name);
        }
    }

    /** The parent keeps the time that its source has. */
    private Fd add(Fd parent, byte[] name) throws LinuxException {
        Stat before = Metadata.stat(parent);
        boolean isProtected = protection.isSet(parent);
        try (Protection.Section _ = protection.section()) {
            protection.lift(parent);
            Files.mkdir(parent, name, MODE);
            Fd made = Files.openDirectory(parent, name);
            Metadata.chmod(made, MODE);
            protection.set(made);
            Metadata.touch(parent, before.modified());
            return made;
        } finally {
            if (isProtected) {
                protection.set(parent);
            }
        }
    }
}
