package dev.aquifer.node.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The file of a listening unix socket. It is made under another name and put in its place in one step, so there is no
 * moment in which nobody answers; it goes away without harm to a successor's.
 */
public final class SocketPath {
    /** Of {@code sun_path} in {@code linux/un.h}, less the zero at its end and what {@link #fresh} adds. */
    public static final int LONGEST = 102;

    private final Path path;
    private @Nullable Object key;

    /** Takes the path as it is; IllegalArgumentException if it is longer than the kernel allows. */
    public SocketPath(Path path) {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new IllegalArgumentException(
                    "expected the path of a socket to have at most %d bytes, found '%s'".formatted(LONGEST, path));
        }
        this.path = path;
    }

    /** Where to listen. Nothing is there; kubelet does not look at hidden files. */
    public Path fresh() throws IOException {
        Files.deleteIfExists(hidden());
        return hidden();
    }

    /**
     * After listening: puts the socket in its place, so that only root, or whoever runs this, may connect.
     *
     * @throws IOException if something else than a socket is in the way; it stays
     */
    public void claim() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !attributes(path).isOther()) {
            throw new IOException(
                    "expected a socket or nothing at %s, found something else: remove it".formatted(path));
        }
        Files.setPosixFilePermissions(hidden(), PosixFilePermissions.fromString("rw-------"));
        key = attributes(hidden()).fileKey();
        Files.move(hidden(), path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the file if it is still the one that was claimed. */
    public void release() throws IOException {
        if (key != null
                && Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && key.equals(attributes(path).fileKey())) {
            Files.deleteIfExists(path);
        }
        key = null;
    }

    private Path hidden() {
        return path.resolveSibling("." + path.getFileName() + ".new");
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
