package dev.aquifer.node.scrub;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;

/**
 * A file of a complete snapshot whose bytes are not what they were.
 *
 * @param firstChunk where its digests begin
 * @param chunks how many of its chunks are wrong, or lost their digest
 */
record RottenFile(DatasetPath path, FileEntry entry, long firstChunk, long chunks) {}
