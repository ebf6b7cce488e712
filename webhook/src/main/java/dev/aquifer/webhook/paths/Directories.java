package dev.aquifer.webhook.paths;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes missing directories below a root. What is there already keeps its content, owner and mode. */
public final class Directories {
    /** rwxr-xr-x. */
    private static final int READABLE = 0755;

    /** rwxrwsr-x: the group writes, and what is made in it belongs to that group too. */
    private static final int WRITABLE = 02775;

    private final Path source;
    private final @Nullable String subdirectory;

    /**
     * Makes nothing yet.
     *
     * @param source where the source is mounted here; it must be there
     * @param subdirectory the volume's root in the source, which is never made; null for the source's own
     */
    public Directories(Path source, @Nullable String subdirectory) {
        this.source = source;
        this.subdirectory = subdirectory;
    }

    /**
     * Makes each of them that is missing, parents too; what fails does not keep the others from being made. Without the
     * volume's root none is.
     */
    public DirectoryReport make(List<RequiredPath> required) {
        if (subdirectory == null) {
            return make(source, required);
        }
        Path root;
        try {
            root = VolumeRoot.find(source, subdirectory);
        } catch (IOException e) {
            return new DirectoryReport(
                    0, List.of(new DirectoryReport.Failure(VolumeRoot.name(subdirectory), reason(e))));
        }
        return make(root, required);
    }

    private static DirectoryReport make(Path root, List<RequiredPath> required) {
        List<DirectoryReport.Failure> failures = new ArrayList<>();
        int made = 0;
        for (RequiredPath directory : required) {
            try {
                made += make(root, directory);
            } catch (IOException e) {
                failures.add(new DirectoryReport.Failure(directory.path(), reason(e)));
            }
        }
        return new DirectoryReport(made, failures);
    }

    private static int make(Path root, RequiredPath required) throws IOException {
        Path current = root;
        int made = 0;
        String[] segments = required.path().split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            current = current.resolve(segments[i]);
            boolean last = i == segments.length - 1;
            made += makeOne(current, last && required.writable() ? WRITABLE : READABLE) ? 1 : 0;
        }
        return made;
    }

    /** Links are not followed: kubelet would, in a subPath, to wherever in the claim they lead. */
    private static boolean makeOne(Path directory, int mode) throws IOException {
        if (!Files.exists(directory, NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(directory);
                Files.setAttribute(directory, "unix:mode", mode, NOFOLLOW_LINKS);
                return true;
            } catch (FileAlreadyExistsException e) {
                // somebody was faster: what he made is looked at below and left as it is
            }
        }
        if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
            String kind = Files.isSymbolicLink(directory) ? "a link" : "a file";
            throw new FileSystemException(
                    directory.toString(), null, "is %s; put a directory of that name there".formatted(kind));
        }
        return false;
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "may not be made by user %s; make it by hand".formatted(user());
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return String.valueOf(failure.getMessage());
    }

    static @Nullable String user() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return null;
        }
    }
}
