package dev.aquifer.node.origin.serve;

import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunkedOutput;
import dev.aquifer.node.transfer.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends chunks: a few platform threads read them, since reads of a file server may block long, and each connection's own
 * thread writes. Memory and open files have a bound, however many nodes ask at once.
 */
public final class FileSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileSender.class);
    private static final int READERS = 16;
    private static final int MOST_AT_ONCE = 1_024;
    /** Fills of sixteen nodes, as they fill by themselves: 32 MiB. */
    private static final int MOST_FAST = 64;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Of a node that gets nothing: it asks anew then. */
    private static final Duration PATIENCE = Duration.ofSeconds(Wire.GRACE_SECONDS);

    private final ChunkOpener opener;
    private final BandwidthLimit limit;
    private final OriginMeters meters;
    private final Duration patience;
    private final Shares shares = new Shares(MOST_AT_ONCE / 8);
    private final SendBuffers buffers = new SendBuffers(MOST_AT_ONCE, MOST_FAST);
    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().name("read-", 0).daemon().factory());

    public FileSender(ChunkOpener opener, BandwidthLimit limit, OriginMeters meters) {
        this(opener, limit, meters, PATIENCE);
    }

    FileSender(ChunkOpener opener, BandwidthLimit limit, OriginMeters meters, Duration patience) {
        this.opener = opener;
        this.limit = limit;
        this.meters = meters;
        this.patience = patience;
    }

    /** @param node who asks; it may take one in eight of the buffers, however slowly it reads */
    void send(PeerName node, Iterable<ChunkRequest> requests, OutputStream out)
            throws IOException, InterruptedException {
        var share = shares.of(node);
        if (!share.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
            busy(out);
            return;
        }
        try {
            send(requests, out);
        } finally {
            share.release();
        }
    }

    private void send(Iterable<ChunkRequest> requests, OutputStream out) throws IOException, InterruptedException {
        var buffer = buffers.take(LONGEST_WAIT);
        if (buffer == null) {
            busy(out);
            return;
        }
        try (var feed = new ChunkFeed(opener, requests.iterator())) {
            Response.begin(out);
            try (var chunked = new ChunkedOutput(out)) {
                send(feed, buffer, chunked);
            }
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private static void busy(OutputStream out) throws IOException {
        Response.error(out, Response.UNAVAILABLE, "Expected fewer requests for files at once, found more; ask again");
    }

    private void send(ChunkFeed feed, ByteBuffer buffer, ChunkedOutput out) throws IOException, InterruptedException {
        boolean more = true;
        while (more) {
            buffer.clear();
            more = fill(feed, buffer);
            buffer.flip();
            int bytes = buffer.remaining();
            limit.await(bytes);
            out.write(buffer);
            out.flush();
            meters.sentFiles(bytes);
        }
    }

    private boolean fill(ChunkFeed feed, ByteBuffer buffer) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        var filled = readers.submit(() -> {
            if (System.nanoTime() - asked > patience.toNanos()) {
                throw new IOException("no thread was free for it before its node gave up");
            }
            return feed.fill(buffer);
        });
        try {
            return filled.get();
        } catch (ExecutionException e) {
            LOG.warn("event=read-failed error=\"{}\"", e.getMessage());
            throw new IOException("Reading a chunk failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
