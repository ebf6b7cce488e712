package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.Hash;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the answers to a request for chunks, one for each, in the order they were asked for. */
public final class ChunkReader {
    private final InputStream in;

    /** @param in the body: a {@link ChunkedInput} */
    public ChunkReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next answer.
     *
     * @param into gets the chunk's bytes, from its start, if the answer is {@link ChunkAnswer.Data}; after any other answer
     *     its content is of no use
     */
    public ChunkAnswer next(ChunkRequest request, byte[] into) throws IOException {
        return switch (status()) {
            case DATA -> data(request.length(), into);
            case CHANGED -> new ChunkAnswer.Changed();
            case GONE -> new ChunkAnswer.Gone();
            case UNREADABLE -> new ChunkAnswer.Unreadable();
            case HOLE -> new ChunkAnswer.Hole();
            case SAME -> {
                if (request.known() == null) {
                    throw new InvalidMessage("Expected SAME only for a chunk whose digest was named, found it without");
                }
                yield new ChunkAnswer.Same();
            }
            case FINE -> throw new InvalidMessage("Expected the status of a chunk, found FINE");
        };
    }

    private ChunkAnswer data(int length, byte[] into) throws IOException {
        readFully(into, length);
        var after = status();
        var digest = new byte[Hash.LENGTH];
        readFully(digest, Hash.LENGTH);
        return switch (after) {
            case FINE -> new ChunkAnswer.Data(Hash.of(digest));
            case CHANGED -> new ChunkAnswer.Changed();
            case UNREADABLE -> new ChunkAnswer.Unreadable();
            case DATA, GONE, HOLE, SAME ->
                throw new InvalidMessage("Expected FINE, CHANGED or UNREADABLE behind a chunk, found " + after);
        };
    }

    private ChunkStatus status() throws IOException {
        return ChunkStatus.of(in.read());
    }

    private void readFully(byte[] into, int length) throws IOException {
        if (in.readNBytes(into, 0, length) < length) {
            throw new EOFException("Expected %d bytes of a chunk, found the end of the answer".formatted(length));
        }
    }
}
