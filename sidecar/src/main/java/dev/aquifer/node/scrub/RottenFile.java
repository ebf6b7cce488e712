package dev.aquifer.node.scrub;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;
import java.util.List;

/**
 * A file of a complete snapshot whose bytes are not what they were.
 *
 * @param firstChunk where its digests begin
 * @param chunks which of its chunks are wrong
 */
record RottenFile(DatasetPath path, FileEntry entry, long firstChunk, List<Long> chunks) {
    RottenFile {
        chunks = List.copyOf(chunks);
    }
}
