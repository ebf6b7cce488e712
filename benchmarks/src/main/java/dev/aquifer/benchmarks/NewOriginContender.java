package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** As {@link NodeContender}, from an origin that has just started: it knows no digests yet. */
record NewOriginContender(String name, List<String> command, EnrolmentDesk desk, BenchmarkKeys keys, Path source)
        implements Contender {
    @Override
    public double copy(Path own) throws IOException {
        try (var contender = new NodeContender(
                name, command, desk, new OriginProgram(command, source, own.resolve("origin"), keys))) {
            return contender.copy(own);
        }
    }
}
