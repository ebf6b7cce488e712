package dev.aquifer.node.link;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A listening unix socket and its file: takes the place of a stale one, and goes away without harm to a successor's. */
final class SocketFile implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel channel;
    private final @Nullable Object fileKey;

    /**
     * Listens at once.
     *
     * @throws IOException if the folder is not there or the path is longer than the kernel allows (107 bytes)
     */
    SocketFile(Path path) throws IOException {
        this.path = path;
        Files.deleteIfExists(path);
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            this.fileKey = fileKey();
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Removes the file only if it is still the one that was made here. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (Files.exists(path) && fileKey != null && fileKey.equals(fileKey())) {
            Files.deleteIfExists(path);
        }
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
