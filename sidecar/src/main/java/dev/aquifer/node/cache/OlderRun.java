package dev.aquifer.node.cache;

/** How far a walk has come in an older snapshot: the number of its next chunk, as long as that is known. */
final class OlderRun {
    final OlderSnapshot snapshot;
    long nextChunk;
    /** A record is missing: where chunks are after it nobody knows. */
    boolean lost;

    OlderRun(OlderSnapshot snapshot) {
        this.snapshot = snapshot;
    }
}
