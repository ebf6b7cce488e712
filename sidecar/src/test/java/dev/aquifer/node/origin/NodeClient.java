package dev.aquifer.node.origin;

import static java.util.Objects.requireNonNull;

import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkReader;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunkedInput;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.DatasetKey;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.RecordsCodec;
import dev.aquifer.node.transfer.SnapshotAnswer;
import dev.aquifer.node.transfer.SnapshotCodec;
import dev.aquifer.node.transfer.Wire;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A node as an origin sees it: one connection, one request at a time. */
final class NodeClient implements AutoCloseable {
    /** A chunk with the bytes that came with it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Chunk(ChunkAnswer answer, byte[] bytes) {}

    private final SSLSocket socket;
    private final InputStream in;
    private final String dataset;
    private final DatasetKey key;

    NodeClient(int port, SSLContext context, String dataset, DatasetKey key) throws IOException {
        this.socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        this.dataset = dataset;
        this.key = key;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Has the kernel hold little for this node, so that an origin soon waits for it to read. */
    void holdLittle() throws IOException {
        socket.setReceiveBufferSize(64 << 10);
    }

    SnapshotAnswer snapshot() throws IOException {
        return snapshot("");
    }

    SnapshotAnswer snapshotAfter(SnapshotId after, int seconds) throws IOException {
        return snapshot("?after=%s&wait=%d".formatted(after, seconds));
    }

    private SnapshotAnswer snapshot(String query) throws IOException {
        var head = send("GET " + Wire.SNAPSHOT + query + " HTTP/1.1", new byte[0]);
        return SnapshotCodec.parse(in.readNBytes(head.contentLength(Wire.LONGEST_JSON)));
    }

    List<byte @Nullable []> records(List<Hash> hashes) throws IOException {
        send("POST " + Wire.DIRECTORIES + " HTTP/1.1", RecordsCodec.encode(hashes));
        var body = new ChunkedInput(in);
        var records = new ArrayList<byte @Nullable []>();
        for (int i = 0; i < hashes.size(); i++) {
            records.add(RecordsCodec.read(body));
        }
        body.finish();
        return records;
    }

    SnapshotRoot root(SnapshotId id) throws IOException {
        return (SnapshotRoot) record(id.hash());
    }

    List<Entry> entries(Hash content) throws IOException {
        return switch (record(content)) {
            case Directory directory -> directory.entries();
            case DirectoryIndex index -> {
                var all = new ArrayList<Entry>();
                for (var page : index.pages()) {
                    all.addAll(((Directory) record(page)).entries());
                }
                yield all;
            }
            case SnapshotRoot root -> throw new AssertionError("Expected a directory, found a root");
        };
    }

    private dev.aquifer.node.dataset.ListingRecord record(Hash hash) throws IOException {
        return ListingCodec.parse(hash, requireNonNull(records(List.of(hash)).getFirst()));
    }

    List<Chunk> chunks(List<ChunkRequest> requests) throws IOException {
        send("POST " + Wire.FILES + " HTTP/1.1", ChunksCodec.encode(requests));
        var body = new ChunkedInput(in);
        var reader = new ChunkReader(body);
        var chunks = new ArrayList<Chunk>();
        for (var request : requests) {
            var into = new byte[request.length()];
            chunks.add(new Chunk(reader.next(request, into), into));
        }
        body.finish();
        return chunks;
    }

    Chunk chunk(ChunkRequest request) throws IOException {
        return chunks(List.of(request)).getFirst();
    }

    /** The first line and the body of an answer that is a refusal. */
    String refusal(String line, byte[] body) throws IOException {
        var head = send(line, body);
        return head.first() + " "
                + new String(in.readNBytes(head.contentLength(Wire.LONGEST_JSON)), StandardCharsets.UTF_8);
    }

    /** Sends a request and returns the head of its answer, whose body is still to be read. */
    HttpHead send(String line, byte[] body) throws IOException {
        ask(line, body);
        var head = HttpHead.read(in);
        if (head == null) {
            throw new EOFException("Expected an answer, found the end of the connection");
        }
        return head;
    }

    /** Sends a request and reads nothing. */
    void ask(String line, byte[] body) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put(Wire.DATASET, dataset);
        headers.put(Wire.KEY, key.text());
        headers.put("content-length", Integer.toString(body.length));
        var out = socket.getOutputStream();
        out.write(new HttpHead(line, headers).encode());
        out.write(body);
        out.flush();
    }

    /** Sends zeros, no fewer than a mebibyte a second, until the origin lets go of it; true if it did not within that time. */
    boolean sendOn(Duration longest) throws InterruptedException {
        var zeros = new byte[16 << 10];
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(zeros);
                Thread.sleep(10);
            }
            return true;
        } catch (IOException letGoOf) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
