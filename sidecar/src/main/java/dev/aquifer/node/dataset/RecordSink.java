package dev.aquifer.node.dataset;

import java.io.IOException;

/** Takes the encoded records of a listing that is being made. */
@FunctionalInterface
public interface RecordSink {
    /** Keeps a record and returns its hash; the same record may come many times. */
    Hash put(byte[] encoded) throws IOException;
}
