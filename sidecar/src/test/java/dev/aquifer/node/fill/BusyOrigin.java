package dev.aquifer.node.fill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.RequestServer;
import dev.aquifer.node.testing.TestAuthority;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunkWriter;
import dev.aquifer.node.transfer.ChunkedOutput;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.RecordsCodec;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin at the end of a real connection, with more to do than it can: it answers some requests, and asks for patience first. */
final class BusyOrigin implements AutoCloseable {
    /** How often it is still too busy for records, and for files. */
    final AtomicInteger recordsRefused = new AtomicInteger();

    final AtomicInteger filesRefused = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    private final int retrySeconds;
    private final FakeOrigin origin;
    private final RequestServer server;

    BusyOrigin(TestAuthority authority, FakeOrigin origin, int retrySeconds) throws IOException {
        this.origin = origin;
        this.retrySeconds = retrySeconds;
        this.server = new RequestServer(authority, this::answer);
    }

    int port() {
        return server.port();
    }

    int connections() {
        return server.connections.get();
    }

    private void answer(HttpHead request, byte[] body, OutputStream out) throws IOException {
        boolean files = request.first().contains(Wire.FILES);
        if ((files ? filesRefused : recordsRefused).getAndDecrement() > 0) {
            refuse(out);
        } else {
            answer(files, body, out);
        }
    }

    private void refuse(OutputStream out) throws IOException {
        refusals.incrementAndGet();
        String why = "{\"error\":\"ask again\"}";
        out.write("HTTP/1.1 503 Service Unavailable\r\nretry-after: %d\r\ncontent-length: %d\r\n\r\n%s"
                .formatted(retrySeconds, why.length(), why)
                .getBytes(US_ASCII));
        out.flush();
    }

    private void answer(boolean files, byte[] body, OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".getBytes(US_ASCII));
        try (ChunkedOutput chunked = new ChunkedOutput(out)) {
            if (files) {
                chunks(body, chunked);
            } else {
                origin.records(RecordsCodec.parse(body), (_, record) -> RecordsCodec.write(chunked, record));
            }
        }
    }

    private void chunks(byte[] body, ChunkedOutput out) throws IOException {
        List<ChunkRequest> requests = new ArrayList<>();
        ChunksCodec.parse(body).forEach(requests::add);
        ChunkWriter writer = new ChunkWriter(out);
        origin.chunks(requests, (index, answer, bytes) -> {
            writer.begin();
            out.write(bytes, 0, requests.get(index).length());
            writer.end(answer);
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
