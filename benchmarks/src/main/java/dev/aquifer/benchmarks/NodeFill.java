package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills an empty cache with one kind of {@code aquifer-node} after the other, from an origin of the same kind, and prints for
 * each fill what both processes of the node took before, and what the fill took. Arguments: rounds, source, an own folder, and
 * each kind: its name, the command of its origin, {@code --}, the command of its node, and {@code --}.
 */
public final class NodeFill {
    private static final long IDLE = TimeUnit.SECONDS.toNanos(3);

    private record Kind(String name, OriginProgram origin, List<String> node) {}

    private NodeFill() {}

    public static void main(String[] args) throws IOException {
        var own = Path.of(args[2]);
        var keys = new BenchmarkKeys();
        var kinds = new ArrayList<Kind>();
        try (var desk = new EnrolmentDesk(keys, BenchmarkKeys.NODE, own)) {
            var commands = Programs.split(Arrays.asList(args).subList(3, args.length));
            for (int i = 0; i < commands.size(); i += 2) {
                var origin = commands.get(i).subList(1, commands.get(i).size());
                var folder = Files.createTempDirectory(own, "origin");
                kinds.add(new Kind(
                        commands.get(i).getFirst(),
                        new OriginProgram(origin, Path.of(args[1]), folder, keys),
                        commands.get(i + 1)));
            }
            for (int round = 0; round <= Integer.parseInt(args[0]); round++) {
                for (var kind : kinds) {
                    measure(kind, round, own.resolve("node"), desk);
                }
            }
        } finally {
            kinds.forEach(kind -> kind.origin().close());
        }
    }

    /** The first round is for the origins: their digests, and their compilers. */
    private static void measure(Kind kind, int round, Path own, EnrolmentDesk desk) throws IOException {
        try (var node = new NodePair(kind.node(), own, desk)) {
            LockSupport.parkNanos(IDLE);
            var fetch = Memory.of(node.fetch());
            var mount = Memory.of(node.mount());
            long begun = System.nanoTime();
            node.fill(kind.origin().port());
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
}
