package dev.aquifer.benchmarks;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkReader;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunkedInput;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.RecordsCodec;
import dev.aquifer.node.transfer.SnapshotAnswer;
import dev.aquifer.node.transfer.SnapshotCodec;
import dev.aquifer.node.transfer.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Pulls one file at the top of an origin's source over one connection, four chunks in a request, and drops it. */
final class OriginPull {
    private static final int CHUNKS = 4;

    private final SSLSocket socket;
    private final InputStream in;

    private OriginPull(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Returns the file's bytes. */
    static long pull(SSLContext node, int port, String name) throws IOException {
        try (var socket = (SSLSocket) node.getSocketFactory().createSocket("localhost", port)) {
            return new OriginPull(socket).pull(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Expected to pull '%s', was interrupted".formatted(name), e);
        }
    }

    private long pull(String name) throws IOException, InterruptedException {
        var file = file(Name.of(name));
        var path = DatasetPath.parse(name);
        var into = new byte[Chunks.SIZE];
        for (long offset = 0; offset < file.size(); offset += (long) CHUNKS * Chunks.SIZE) {
            var requests = new ArrayList<ChunkRequest>();
            for (long at = offset; at < file.size() && requests.size() < CHUNKS; at += Chunks.SIZE) {
                requests.add(new ChunkRequest(path, file.version(), file.size(), at, false, null));
            }
            send("POST " + Wire.FILES, ChunksCodec.encode(requests));
            var body = new ChunkedInput(in);
            var reader = new ChunkReader(body);
            for (var request : requests) {
                if (!(reader.next(request, into) instanceof ChunkAnswer.Data)) {
                    throw new IOException("Expected a chunk, found another answer");
                }
            }
            body.finish();
        }
        return file.size();
    }

    private FileEntry file(Name name) throws IOException, InterruptedException {
        var root = ready().root();
        send("POST " + Wire.DIRECTORIES, RecordsCodec.encode(List.of(root.content())));
        var body = new ChunkedInput(in);
        var record = Objects.requireNonNull(RecordsCodec.read(body));
        body.finish();
        var directory = (Directory) ListingCodec.parse(Hash.sha256(record), record);
        return directory.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .map(FileEntry.class::cast)
                .findFirst()
                .orElseThrow(
                        () -> new IOException("Expected the file '%s' in the listing, found none".formatted(name)));
    }

    private SnapshotAnswer.Ready ready() throws IOException, InterruptedException {
        while (true) {
            int length = send("GET " + Wire.SNAPSHOT, new byte[0]).contentLength(Wire.LONGEST_JSON);
            if (SnapshotCodec.parse(in.readNBytes(length)) instanceof SnapshotAnswer.Ready ready) {
                return ready;
            }
            Thread.sleep(100);
        }
    }

    private HttpHead send(String what, byte[] body) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put(Wire.DATASET, BenchmarkKeys.DATASET.value());
        headers.put(Wire.KEY, BenchmarkKeys.KEY.text());
        headers.put("content-length", Integer.toString(body.length));
        var out = socket.getOutputStream();
        out.write(new HttpHead(what + " HTTP/1.1", headers).encode());
        out.write(body);
        out.flush();
        return Objects.requireNonNull(HttpHead.read(in), "Expected an answer, found the end of the connection");
    }
}
