package dev.aquifer.node.link;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a unix socket that only its owner may use, one request to a connection. A connection that closes before its
 * answer interrupts whoever works on it.
 */
public final class LinkServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);

    private static final long RETRY_NANOS = 50_000_000;

    private final SocketFile socket;
    private final LinkHandler handler;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private LinkServer(SocketFile socket, LinkHandler handler) {
        this.socket = socket;
        this.handler = handler;
    }

    /**
     * Listens at once.
     *
     * @param path of the socket; a file there is replaced
     */
    public static LinkServer start(Path path, LinkHandler handler) throws IOException {
        LinkServer server = new LinkServer(new SocketFile(path), handler);
        Thread.ofVirtual().name("link").start(server::accept);
        return server;
    }

    /** Closes all connections, and removes the socket if it is still this server's. */
    @Override
    public void close() throws IOException {
        socket.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        while (socket.channel().isOpen()) {
            try {
                SocketChannel connection = socket.channel().accept();
                connections.add(connection);
                Thread.ofVirtual().name("link-connection").start(() -> serve(connection));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failure) {
                // no descriptors left, for one: the next may be luckier
                LOG.warn("event=link-accept-failed error=\"{}\"", failure.getMessage());
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void serve(SocketChannel connection) {
        Caller caller = new Caller();
        try (connection) {
            JsonObject question = Frames.read(connection);
            Thread here = Thread.currentThread();
            Thread watch = Thread.ofVirtual().name("link-watch").start(() -> watch(connection, caller, here));
            LinkAnswer answer = answer(question, caller);
            // what interrupted us before this line would close the channel in the write: nobody reads it anyway
            Frames.write(connection, AnswerCodec.encode(answer));
            if (answer instanceof LinkAnswer.Ready) {
                watch.join();
            }
        } catch (InterruptedException | IOException gone) {
            LOG.debug("event=link-closed reason=\"{}\"", String.valueOf(gone.getMessage()));
        } finally {
            connections.remove(connection);
            caller.leave();
        }
    }

    private LinkAnswer answer(JsonObject question, Caller caller) throws InterruptedException {
        try {
            return handler.answer(RequestCodec.parse(question), caller);
        } catch (LinkException wrong) {
            return new LinkAnswer.Refused(RefusalCode.INVALID_ARGUMENT, String.valueOf(wrong.getMessage()));
        } catch (RuntimeException failure) {
            LOG.error("event=link-request-failed", failure);
            return new LinkAnswer.Refused(RefusalCode.INTERNAL, "the request failed; see the log of the node agent");
        }
    }

    /** Waits for the other end to close: it sends nothing after its question. */
    private static void watch(SocketChannel connection, Caller caller, Thread worker) {
        ByteBuffer nothing = ByteBuffer.allocate(1);
        try {
            while (connection.read(nothing) >= 0) {
                nothing.clear();
            }
        } catch (IOException closed) {
            // the same as an end
        }
        caller.leave();
        worker.interrupt();
    }
}
