package dev.aquifer.node.cli;

import java.io.IOException;
import java.io.PrintWriter;

/** What a command prints. */
@FunctionalInterface
interface Answer {
    /**
     * Finds it out and prints it.
     *
     * @throws IOException if there is none; the message says what to do
     */
    void print(PrintWriter out) throws IOException;
}
