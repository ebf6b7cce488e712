package dev.aquifer.benchmarks;

import dev.aquifer.node.origin.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Walks a folder as an origin does and as {@code find} does, in turn, and prints the seconds of each. Arguments: folder, an
 * own folder, rounds.
 */
public final class OriginWalk {
    private static final String FIELDS = "%p\\0%y\\0%s\\0%m\\0%U\\0%G\\0%T@\\0%C@\\0%i\\0%l\\0";

    private OriginWalk() {}

    public static void main(String[] args) throws Exception {
        var source = Path.of(args[0]);
        var keys = new BenchmarkKeys();
        for (int round = Integer.parseInt(args[2]); round > 0; round--) {
            System.out.printf("ROW\tfind\t%.3f%n", find(source));
            System.out.printf("ROW\torigin\t%.3f%n", walk(source, Path.of(args[1]), keys));
        }
    }

    private static double find(Path source) throws IOException {
        long begun = System.nanoTime();
        Programs.run(List.of("find", source.toString(), "-printf", FIELDS));
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double walk(Path source, Path state, BenchmarkKeys keys) throws IOException, InterruptedException {
        var registry = new SimpleMeterRegistry();
        try (var origin = new Origin(keys.settings(source, state), keys.server(), registry)) {
            origin.walk();
            var walks = registry.get("aquifer.origin.walk").timer();
            while (walks.count() == 0) {
                Thread.sleep(1);
            }
            return walks.totalTime(TimeUnit.NANOSECONDS) / 1e9;
        }
    }
}
