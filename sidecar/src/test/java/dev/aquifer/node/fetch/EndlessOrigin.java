package dev.aquifer.node.fetch;

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
import dev.aquifer.node.transfer.SnapshotCodec;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** An origin on a real port, with the right certificate, that is honest up to one answer, which never ends. */
final class EndlessOrigin implements AutoCloseable {
    /** The answer that never ends. */
    enum Endless {
        HEAD("a shorter head of an HTTP message"),
        HEADERS("at most 64 HTTP headers"),
        STATUS("a shorter head of an HTTP message"),
        SNAPSHOT("a body of at most 1048576 bytes, found 9999999999"),
        HTTP_CHUNK("a shorter head of an HTTP message"),
        RECORD("a record of at most"),
        RECORDS("the end of a body, found more bytes"),
        CHUNK("FINE, CHANGED or UNREADABLE behind a chunk, found DATA");

        private final String refusal;

        Endless(String refusal) {
            this.refusal = refusal;
        }

        /** What the node says that it expected. */
        String refusal() {
            return refusal;
        }
    }

    private static final byte[] ZEROS = new byte[64 << 10];
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

    private final RequestServer server;
    private final FakeOrigin honest;
    private final Endless endless;
    private final AtomicLong most = new AtomicLong();

    EndlessOrigin(TestAuthority authority, FakeOrigin honest, Endless endless) throws IOException {
        this.honest = honest;
        this.endless = endless;
        this.server = new RequestServer(authority, this::answer);
    }

    int port() {
        return server.port();
    }

    /** How many bytes the node let it send in one answer, and what the kernel took of it. */
    long most() {
        return most.get();
    }

    private void answer(HttpHead request, byte[] body, OutputStream out) throws IOException {
        String path = request.first().split(" ", -1)[1];
        if (path.startsWith(Wire.SNAPSHOT)) {
            snapshot(out);
        } else if (path.equals(Wire.DIRECTORIES)) {
            records(body, out);
        } else {
            chunks(body, out);
        }
    }

    private void snapshot(OutputStream out) throws IOException {
        switch (endless) {
            case HEAD -> goOn(out, "HTTP/1.1 200 OK\r\nx: ", "a");
            case HEADERS -> goOn(out, "HTTP/1.1 200 OK\r\n", "h: x\r\n");
            case STATUS -> goOn(out, "HTTP/1.1 200 ", "OK ");
            case SNAPSHOT -> goOn(out, "HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n", "{");
            case HTTP_CHUNK, RECORD, RECORDS, CHUNK -> {
                byte[] json = SnapshotCodec.encode(honest.snapshot(null, Duration.ZERO));
                out.write("HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n"
                        .formatted(json.length)
                        .getBytes(US_ASCII));
                out.write(json);
            }
        }
        out.flush();
    }

    private void records(byte[] body, OutputStream out) throws IOException {
        if (endless == Endless.HTTP_CHUNK) {
            goOn(out, CHUNKED, "0");
        }
        out.write(CHUNKED.getBytes(US_ASCII));
        try (ChunkedOutput chunked = new ChunkedOutput(out)) {
            if (endless == Endless.RECORD) {
                chunked.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array());
                goOn(chunked, ZEROS);
            }
            honest.records(RecordsCodec.parse(body), (_, record) -> RecordsCodec.write(chunked, record));
            if (endless == Endless.RECORDS) {
                goOn(chunked, ZEROS);
            }
        }
    }

    private void chunks(byte[] body, OutputStream out) throws IOException {
        out.write(CHUNKED.getBytes(US_ASCII));
        try (ChunkedOutput chunked = new ChunkedOutput(out)) {
            for (ChunkRequest request : ChunksCodec.parse(body)) {
                new ChunkWriter(chunked).begin();
                chunked.write(new byte[request.length()]);
            }
            goOn(chunked, ZEROS);
        }
    }

    private void goOn(OutputStream out, String begin, String more) throws IOException {
        out.write(begin.getBytes(US_ASCII));
        goOn(out, more.repeat(1_000).getBytes(US_ASCII));
    }

    /** Until the node hangs up. */
    private void goOn(OutputStream out, byte[] more) throws IOException {
        for (long sent = 0; ; sent += more.length) {
            most.accumulateAndGet(sent, Math::max);
            out.write(more);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
