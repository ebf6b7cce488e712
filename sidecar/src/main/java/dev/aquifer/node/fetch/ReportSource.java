package dev.aquifer.node.fetch;

import java.io.IOException;

/** Makes a report of the moment. */
@FunctionalInterface
interface ReportSource {
    NodeReport make() throws IOException;
}
