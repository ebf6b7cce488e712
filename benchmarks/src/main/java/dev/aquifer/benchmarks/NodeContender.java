package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A node's two processes, which fill an empty cache from an origin.
 *
 * @param command what starts {@code aquifer-node}
 * @param desk gives the node its certificate
 */
record NodeContender(String name, List<String> command, EnrolmentDesk desk, OriginProgram origin) implements Contender {
    @Override
    public double copy(Path own) throws IOException {
        try (var node = new NodePair(command, own.resolve("node"), desk)) {
            long begun = System.nanoTime();
            node.fill(origin.port());
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    @Override
    public void close() {
        origin.close();
    }
}
