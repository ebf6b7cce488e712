package dev.aquifer.node.fetch;

import java.io.IOException;

/** Takes this node's reports. */
@FunctionalInterface
public interface ReportSink {
    /**
     * Sends one. Blocks.
     *
     * @param report as JSON
     * @throws IOException if nobody took it
     */
    void send(String report) throws IOException, InterruptedException;
}
