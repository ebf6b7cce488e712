package dev.aquifer.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills an empty cache from an origin in this process, with one kind of {@code aquifer-node} after the other, and prints for
 * each fill what both processes of the node took before, and what the fill took. Arguments: rounds, source, an own folder, and
 * each kind: its name, its command, and {@code --} behind it.
 */
public final class NodeFill {
    private static final long IDLE = TimeUnit.SECONDS.toNanos(3);

    private record Kind(String name, List<String> command) {}

    private NodeFill() {}

    public static void main(String[] args) throws IOException {
        var own = Path.of(args[2]);
        var keys = new BenchmarkKeys();
        keys.writeEnrolment(own);
        var registry = new SimpleMeterRegistry();
        try (var desk = new EnrolmentDesk(keys, BenchmarkKeys.NODE);
                var origin = keys.serve(keys.settings(Path.of(args[1]), own.resolve("state")), registry)) {
            for (int round = 0; round <= Integer.parseInt(args[0]); round++) {
                for (var kind : kinds(args)) {
                    measure(kind, round, own.resolve("node"), desk.address(), origin.port());
                }
            }
        }
    }

    /** The first round is for the origin: its digests, and its own compiler. */
    private static void measure(Kind kind, int round, Path own, String enrolAt, int port) throws IOException {
        try (var node = new NodePair(kind.command(), own, enrolAt)) {
            LockSupport.parkNanos(IDLE);
            var fetch = Memory.of(node.fetch());
            var mount = Memory.of(node.mount());
            long begun = System.nanoTime();
            node.fill(port);
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (round > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "ROW\t%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.3f\t%.1f%n",
                        kind.name(),
                        fetch.resident(),
                        mount.resident(),
                        fetch.resident() + mount.resident(),
                        fetch.share() + mount.share(),
                        seconds,
                        Memory.peak(node.fetch()));
            }
        }
    }

    private static List<Kind> kinds(String[] args) {
        return Programs.split(Arrays.asList(args).subList(3, args.length)).stream()
                .map(group -> new Kind(group.getFirst(), group.subList(1, group.size())))
                .toList();
    }
}
