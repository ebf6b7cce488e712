package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.transfer.ChunkRequest;
import org.jspecify.annotations.Nullable;

/**
 * One chunk to be fetched.
 *
 * @param chunk its number within the file
 * @param older where the same path had a chunk of the same place, if it did
 */
record ChunkTask(NewFile file, long chunk, @Nullable OlderChunk older) {
    ChunkRequest request(boolean fresh) {
        Hash known = older == null || fresh ? null : older.digest();
        return new ChunkRequest(
                file.path(), file.entry().version(), file.entry().size(), Chunks.offset(chunk), fresh, known);
    }
}
