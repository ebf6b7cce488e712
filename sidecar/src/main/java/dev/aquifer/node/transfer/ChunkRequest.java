package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Version;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one chunk of one version of a file.
 *
 * @param size of the file in that version
 * @param offset where the chunk begins, a multiple of {@link Chunks#SIZE}
 * @param fresh the digest is to be computed anew: what came last time did not fit the one that was remembered
 * @param known digest of the chunk as the asker has it from another version, or null: if it fits, no bytes are sent
 */
public record ChunkRequest(
        DatasetPath path,
        Version version,
        long size,
        long offset,
        boolean fresh,
        @Nullable Hash known) {
    public ChunkRequest {
        Chunks.length(size, offset);
    }

    /** Bytes of the chunk. */
    public int length() {
        return Chunks.length(size, offset);
    }
}
