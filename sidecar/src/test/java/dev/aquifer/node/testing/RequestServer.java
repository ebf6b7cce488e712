package dev.aquifer.node.testing;

import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An origin's port on loopback, with its certificate, where a test gives the answers. */
public final class RequestServer implements AutoCloseable {
    /** How many came. */
    public final AtomicInteger connections = new AtomicInteger();

    private final SSLServerSocket listening;
    private final Answers answers;

    /** Gives the answer to a request. */
    @FunctionalInterface
    public interface Answers {
        /** Writes an answer; a failure ends the connection. */
        void answer(HttpHead request, byte[] body, OutputStream out) throws IOException;
    }

    /** Listens from now on. */
    public RequestServer(TestAuthority authority, Answers answers) throws IOException {
        this.answers = answers;
        this.listening = (SSLServerSocket) authority
                .contexts(TestAuthority.ORIGIN)
                .context()
                .getServerSocketFactory()
                .createServerSocket(0);
        listening.setNeedClientAuth(true);
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) listening.accept();
                connections.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (HttpHead request = HttpHead.read(in); request != null; request = HttpHead.read(in)) {
                byte[] body = in.readNBytes(request.contentLength(Wire.LONGEST_REQUEST));
                answers.answer(request, body, out);
            }
        } catch (IOException hungUp) {
            // the other side has what it wanted, or no more of what it did not
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
