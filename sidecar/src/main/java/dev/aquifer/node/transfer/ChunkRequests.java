package dev.aquifer.node.transfer;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The requests of a body that was checked, one after the other. */
final class ChunkRequests implements Iterator<ChunkRequest> {
    private final ByteBuffer in;

    /** @param in at the first of them, ends behind the last */
    ChunkRequests(ByteBuffer in) {
        this.in = in;
    }

    @Override
    public boolean hasNext() {
        return in.hasRemaining();
    }

    @Override
    public ChunkRequest next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ChunksCodec.parse(in);
    }
}
