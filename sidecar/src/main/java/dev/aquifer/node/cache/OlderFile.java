package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.FileEntry;

/**
 * A file of an older snapshot, at the same path.
 *
 * @param firstChunk where its digests begin in that snapshot's {@link DigestFile}
 */
public record OlderFile(OlderSnapshot snapshot, FileEntry entry, long firstChunk) {}
