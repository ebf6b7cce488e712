package dev.aquifer.webhook.paths;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The subdirectory of a source that is a volume's root. It is the owner's to make: kubelet makes what a subPath names and is
 * missing, so that pods are given none that is not known to be there.
 */
final class VolumeRoot {
    private static final String PREFIX = "/";

    private VolumeRoot() {}

    /** How it is called among the paths of its volume: those of roles do not begin so. */
    static String name(String subdirectory) {
        return PREFIX + subdirectory;
    }

    static boolean is(String path) {
        return path.startsWith(PREFIX);
    }

    /**
     * Where it is. Links are followed as kubelet does in a subPath, within the source.
     *
     * @param source where the source is mounted here
     * @throws FileSystemException with a reason that says what to do, when it is no directory of the source
     */
    static Path find(Path source, String subdirectory) throws IOException {
        Path named = source.resolve(subdirectory);
        Path found;
        try {
            found = named.toRealPath();
        } catch (NoSuchFileException e) {
            throw wrong(named, "is not in the source");
        } catch (AccessDeniedException e) {
            throw wrong(named, "may not be looked for by user %s".formatted(Directories.user()));
        }
        if (!found.startsWith(source.toRealPath())) {
            throw wrong(named, "is a link that leads out of the source");
        }
        if (!Files.isDirectory(found)) {
            throw wrong(named, "is a file");
        }
        return found;
    }

    private static FileSystemException wrong(Path named, String reason) {
        return new FileSystemException(named.toString(), null, reason);
    }
}
