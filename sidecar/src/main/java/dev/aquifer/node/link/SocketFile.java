package dev.aquifer.node.link;

import dev.aquifer.node.linux.SocketPath;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/** A listening unix socket and its file. */
final class SocketFile implements AutoCloseable {
    /** As many pods as start at once ask at once; the kernel takes fewer if it is told to. */
    private static final int BACKLOG = 4096;

    private final SocketPath path;
    private final ServerSocketChannel channel;

    /**
     * Listens at once.
     *
     * @throws IOException if the folder is not there, or something else than a socket is in the way
     */
    SocketFile(Path path) throws IOException {
        this.path = new SocketPath(path);
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(this.path.fresh()), BACKLOG);
            this.path.claim();
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
        path.release();
    }
}
