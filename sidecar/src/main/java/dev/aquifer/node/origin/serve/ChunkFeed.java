package dev.aquifer.node.origin.serve;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.ChunkWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer with chunks, made piece by piece into a buffer: whoever sends it decides how fast. It blocks on the
 * source's file system, and holds one open file at most.
 */
final class ChunkFeed implements AutoCloseable {
    /** Room for the bytes around a chunk. */
    private static final int FRAME = 2 + Hash.LENGTH;
    /** Room to read into for a chunk that may not have to be sent: with less the file server would be asked for slivers. */
    private static final int LEAST_SCRATCH = SendBuffers.SHORT / 2;
    /** What there is then goes out: with a slow file server, nodes would wait for a full buffer until they give up. */
    private static final Duration LONGEST_FILL = Duration.ofMillis(500);

    private final ChunkOpener opener;
    private final Iterator<ChunkRequest> requests;
    private final BufferOutput out = new BufferOutput();
    private final ChunkWriter writer = new ChunkWriter(out);
    private @Nullable ChunkRequest next;
    private @Nullable OpenChunk current;

    ChunkFeed(ChunkOpener opener, Iterator<ChunkRequest> requests) {
        this.opener = opener;
        this.requests = requests;
    }

    /**
     * Writes on, until the buffer is nearly full, all is written, or that has taken long and there is something to send.
     *
     * @return whether there is more
     */
    boolean fill(ByteBuffer into) throws IOException {
        out.into(into);
        long begun = System.nanoTime();
        while (into.remaining() > FRAME) {
            if (into.position() > 0 && System.nanoTime() - begun > LONGEST_FILL.toNanos()) {
                return true;
            }
            if (current == null) {
                if (next == null) {
                    if (!requests.hasNext()) {
                        return false;
                    }
                    next = requests.next();
                }
                if (next.known() != null && into.remaining() < LEAST_SCRATCH) {
                    return true;
                }
                begin(next, into);
            } else if (current.isDone()) {
                end(current);
            } else {
                current.read(into);
            }
        }
        return true;
    }

    private void begin(ChunkRequest request, ByteBuffer into) throws IOException {
        next = null;
        switch (opener.open(request, into.slice())) {
            case ChunkOpener.Opened.Answered answered -> writer.write(answered.answer());
            case ChunkOpener.Opened.Ready ready -> {
                current = ready.chunk();
                writer.begin();
            }
        }
    }

    private void end(OpenChunk chunk) throws IOException {
        try (chunk) {
            current = null;
            writer.end(opener.ended(chunk));
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
