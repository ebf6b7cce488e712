package dev.aquifer.node.cli;

import java.io.IOException;

/** A long-running program: it starts, and goes on until it is told to stop. */
interface Program {
    /**
     * Returns once it can be used.
     *
     * @throws IOException if it cannot start: the message says what is missing
     */
    void start() throws IOException, InterruptedException;

    /** Finishes what is in flight, then ends everything. */
    void stop();
}
