package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Kubelet's folder: targets are reached beneath it without following a link. */
record KubeletFolder(Path path) {
    private static final int DIRECTORY_MODE = 0750;
    private static final int NAMED = Open.PATH | Open.DIRECTORY;

    TargetPath parse(String target) {
        return TargetPath.parse(target, path.toString());
    }

    /** The directory, or what is mounted on it; ENOENT if there is none. */
    Fd open(TargetPath target) throws LinuxException {
        try (Fd folder = Files.openRoot(path)) {
            return Files.open(folder, target.below().getBytes(StandardCharsets.UTF_8), NAMED, 0);
        }
    }

    /** Its parent must be there: making that is kubelet's part. */
    void make(TargetPath target) throws LinuxException {
        try (Fd parent = parent(target)) {
            Files.mkdir(parent, target.name(), DIRECTORY_MODE);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    /** Removes an empty directory; one that is gone already is none. */
    void remove(TargetPath target) throws LinuxException {
        try (Fd parent = parent(target)) {
            Files.rmdir(parent, target.name());
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private Fd parent(TargetPath target) throws LinuxException {
        Fd folder = Files.openRoot(path);
        byte[] parent = target.parent();
        if (parent.length == 0) {
            return folder;
        }
        try (folder) {
            return Files.open(folder, parent, NAMED, 0);
        }
    }
}
