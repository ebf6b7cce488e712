package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** One way to have a copy of a folder on this machine's disk. */
interface Contender extends AutoCloseable {
    String name();

    /**
     * Copies all of the source, and returns once the copy is on the disk.
     *
     * @param own an empty folder on the disk that is filled; what is left in it is removed
     * @return seconds, without the start of any server
     */
    double copy(Path own) throws IOException;

    /** Ends the server that it has of its own, where it has one. */
    @Override
    default void close() {}
}
