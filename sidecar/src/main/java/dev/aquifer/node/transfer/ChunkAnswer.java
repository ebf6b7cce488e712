package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.Hash;

/** What became of one {@link ChunkRequest}. */
public sealed interface ChunkAnswer {
    /** The bytes were sent, and the file was the same before and after they were read. */
    record Data(Hash digest) implements ChunkAnswer {}

    /** The chunk has the digest that the asker named. */
    record Same() implements ChunkAnswer {}

    /** The chunk is zeros that the file has no blocks for. */
    record Hole() implements ChunkAnswer {}

    /** The file is no longer, or was not throughout, in the version asked for; a new snapshot will list what is there. */
    record Changed() implements ChunkAnswer {}

    /** The file is no longer there; a new snapshot will not list it. */
    record Gone() implements ChunkAnswer {}

    /** The origin may not read the file, or its file system fails to. */
    record Unreadable() implements ChunkAnswer {}
}
