package dev.aquifer.node.remote;

import dev.aquifer.node.transfer.ChunkAnswer;
import java.io.IOException;

/** Takes what an origin sent for a chunk. */
@FunctionalInterface
public interface ChunkTaker {
    /**
     * Takes one answer.
     *
     * @param index of the request that this answers
     * @param bytes from its start the chunk's, if the answer is data; not checked yet, and used again for the next
     */
    void take(int index, ChunkAnswer answer, byte[] bytes) throws IOException;
}
