package dev.aquifer.node.remote;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkReader;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunkedInput;
import dev.aquifer.node.transfer.ChunksCodec;
import dev.aquifer.node.transfer.DatasetKey;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.InvalidMessage;
import dev.aquifer.node.transfer.RecordsCodec;
import dev.aquifer.node.transfer.SnapshotAnswer;
import dev.aquifer.node.transfer.SnapshotCodec;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An origin at the other end of a network. Connections are kept and shared; one that broke, or said something wrong, is not
 * used again. The key goes to nobody but the origin that the certificate names.
 */
final class RemoteOrigin implements OriginClient {
    private static final byte[] NO_BODY = {};

    private final DatasetId dataset;
    private final Supplier<DatasetKey> key;
    private final ConnectionPool connections;

    /**
     * An origin of one dataset.
     *
     * @param key the newest that is known, asked for with each request
     */
    RemoteOrigin(DatasetId dataset, Supplier<DatasetKey> key, SocketOpener opener) {
        this.dataset = dataset;
        this.key = key;
        this.connections = new ConnectionPool(opener);
    }

    @Override
    public SnapshotAnswer snapshot(@Nullable SnapshotId after, Duration wait) throws IOException {
        String query = after == null ? "" : "?after=%s&wait=%d".formatted(after, wait.toSeconds());
        return connections.with(connection -> {
            OriginConnection.Answer answer = connection.ask(head("GET " + Wire.SNAPSHOT + query, 0), NO_BODY);
            return switch (answer.status()) {
                case 200, 409, 503 -> SnapshotCodec.parse(answer.body());
                default -> throw OriginConnection.refusal(answer.status(), answer.body());
            };
        });
    }

    @Override
    public void records(List<Hash> hashes, RecordTaker taker) throws IOException {
        byte[] body = RecordsCodec.encode(hashes);
        connections.with(connection -> {
            ChunkedInput answer = connection.stream(head("POST " + Wire.DIRECTORIES, body.length), body);
            for (Hash hash : hashes) {
                byte[] bytes = RecordsCodec.read(answer);
                taken(() -> taker.take(hash, bytes));
            }
            answer.finish();
            return hashes;
        });
    }

    @Override
    public void chunks(List<ChunkRequest> requests, ChunkTaker taker) throws IOException {
        byte[] body = ChunksCodec.encode(requests);
        int longest = requests.stream().mapToInt(ChunkRequest::length).max().orElse(0);
        connections.with(connection -> {
            ChunkedInput answer = connection.stream(head("POST " + Wire.FILES, body.length), body);
            ChunkReader reader = new ChunkReader(answer);
            byte[] buffer = new byte[longest];
            for (int i = 0; i < requests.size(); i++) {
                int index = i;
                ChunkAnswer chunk = reader.next(requests.get(i), buffer);
                taken(() -> taker.take(index, chunk, buffer));
            }
            answer.finish();
            return requests;
        });
    }

    @Override
    public void close() {
        connections.close();
    }

    private HttpHead head(String request, int length) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", "origin");
        headers.put("content-length", Integer.toString(length));
        headers.put(Wire.DATASET, dataset.value());
        headers.put(Wire.KEY, key.get().text());
        return new HttpHead(request + " HTTP/1.1", headers);
    }

    /** What goes wrong with us is not the connection's fault. */
    private static void taken(Taking taking) throws IOException {
        try {
            taking.take();
        } catch (ConnectionLostException | InvalidMessage | OriginException theirs) {
            throw theirs;
        } catch (IOException ours) {
            throw new OwnException(ours);
        }
    }

    /** Hands over one piece of an answer. */
    @FunctionalInterface
    private interface Taking {
        void take() throws IOException;
    }
}
