package dev.aquifer.node.report;

import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Takes this node's reports. */
@FunctionalInterface
public interface ReportSink {
    /**
     * Sends one. Blocks.
     *
     * @param report as JSON
     * @return what was answered
     * @throws IOException if nobody took it
     */
    JsonObject send(String report) throws IOException, InterruptedException;
}
