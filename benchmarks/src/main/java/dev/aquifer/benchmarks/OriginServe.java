package dev.aquifer.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.aquifer.node.origin.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Serves a folder, lets another process pull one file again and again, and prints what it cost here: for each round the
 * bytes, the seconds and the processor's seconds. Arguments: folder, an own folder, the file's name, rounds.
 */
public final class OriginServe {
    private OriginServe() {}

    public static void main(String[] args) throws Exception {
        var keys = new BenchmarkKeys();
        var own = Path.of(args[1]);
        var node = own.resolve("node.p12");
        keys.writeNode(node);
        var registry = new SimpleMeterRegistry();
        try (var origin = new Origin(keys.settings(Path.of(args[0]), own.resolve("state")), keys.server(), registry)) {
            origin.walk();
            origin.listen();
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

    private static void pull(int port, Path node, String file) throws IOException, InterruptedException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var classPath = System.getProperty("java.class.path");
        var pull = new ProcessBuilder(
                        java,
                        "-cp",
                        classPath,
                        OriginPull.class.getName(),
                        Integer.toString(port),
                        node.toString(),
                        file)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (pull.waitFor() != 0) {
            throw new IOException("Expected the other process to pull the file, found exit code " + pull.exitValue());
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
