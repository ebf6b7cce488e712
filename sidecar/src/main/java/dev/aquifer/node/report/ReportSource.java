package dev.aquifer.node.report;

import java.io.IOException;

/** Makes a report of the moment. */
@FunctionalInterface
public interface ReportSource {
    NodeReport make() throws IOException;
}
