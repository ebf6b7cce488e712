package dev.aquifer.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** As {@link NodeContender}, from an origin that has just started: it walks its source and knows no digests yet. */
record NewOriginContender(String name, List<String> command, String enrolAt, BenchmarkKeys keys, Path source)
        implements Contender {
    @Override
    public double copy(Path own) throws IOException {
        var settings = keys.settings(source, own.resolve("state"));
        try (var origin = keys.serve(settings, new SimpleMeterRegistry())) {
            return new NodeContender(name, command, enrolAt, origin.port()).copy(own);
        }
    }
}
