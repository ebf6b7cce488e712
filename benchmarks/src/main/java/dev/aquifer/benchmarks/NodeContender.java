package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A node's two processes, which fill an empty cache from an origin.
 *
 * @param command what starts {@code aquifer-node}
 * @param enrolAt where it gets its certificate
 * @param port the origin's, on this machine
 */
record NodeContender(String name, List<String> command, String enrolAt, int port) implements Contender {
    @Override
    public double copy(Path own) throws IOException {
        try (var node = new NodePair(command, own, enrolAt)) {
            long begun = System.nanoTime();
            node.fill(port);
            return (System.nanoTime() - begun) / 1e9;
        }
    }
}
