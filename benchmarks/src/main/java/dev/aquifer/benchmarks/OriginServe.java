package dev.aquifer.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves a folder, lets another process pull one file again and again, and prints what it cost here: for each round the
 * bytes, the seconds and the processor's seconds. Arguments: folder, an own folder, the file's name, rounds.
 */
public final class OriginServe {
    private OriginServe() {}

    public static void main(String[] args) throws IOException {
        var keys = new BenchmarkKeys();
        var own = Path.of(args[1]);
        var node = own.resolve("node.p12");
        keys.writeNode(node);
        var registry = new SimpleMeterRegistry();
        try (var origin = keys.serve(keys.settings(Path.of(args[0]), own.resolve("state")), registry)) {
            var sent = registry.get("aquifer.origin.sent.file.bytes").counter();
            for (int round = Integer.parseInt(args[3]); round > 0; round--) {
                double before = sent.count();
                long cpu = cpu();
                long begun = System.nanoTime();
                pull(origin.port(), node, args[2]);
                System.out.printf(
                        "ROW\t%.0f\t%.3f\t%.3f%n",
                        sent.count() - before, (System.nanoTime() - begun) / 1e9, (cpu() - cpu) / 1e9);
            }
        }
    }

    private static void pull(int port, Path node, String file) throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var classPath = System.getProperty("java.class.path");
        Programs.run(List.of(
                java, "-cp", classPath, OriginPull.class.getName(), Integer.toString(port), node.toString(), file));
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
