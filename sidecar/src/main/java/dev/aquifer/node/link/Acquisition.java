package dev.aquifer.node.link;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** An answer about a snapshot, and the connection that keeps it: what is ready stays until this is closed. */
public final class Acquisition implements AutoCloseable {
    private final LinkAnswer.OfAcquire answer;
    private final SocketChannel connection;

    Acquisition(LinkAnswer.OfAcquire answer, SocketChannel connection) {
        this.answer = answer;
        this.connection = connection;
    }

    public LinkAnswer.OfAcquire answer() {
        return answer;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
