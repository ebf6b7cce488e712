package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Walks a folder as {@code find} does and as origins do that have just started, in turn, and prints the seconds of each walk,
 * and of an origin the most that it had in memory, in MiB. Arguments: rounds, folder, an own folder, and each kind of origin:
 * its name, its command, and {@code --} behind it.
 */
public final class OriginWalk {
    private static final String FIELDS = "%p\\0%y\\0%s\\0%m\\0%U\\0%G\\0%T@\\0%C@\\0%i\\0%l\\0";

    private OriginWalk() {}

    public static void main(String[] args) throws IOException {
        var source = Path.of(args[1]);
        var own = Path.of(args[2]);
        var keys = new BenchmarkKeys();
        var kinds = Programs.split(Arrays.asList(args).subList(3, args.length));
        for (int round = Integer.parseInt(args[0]); round > 0; round--) {
            System.out.printf(Locale.ROOT, "ROW\tfind\t%.3f%n", find(source));
            for (var kind : kinds) {
                walk(kind.getFirst(), kind.subList(1, kind.size()), source, own.resolve("origin"), keys);
            }
        }
    }

    private static double find(Path source) throws IOException {
        long begun = System.nanoTime();
        Programs.run(List.of("find", source.toString(), "-printf", FIELDS));
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void walk(String name, List<String> command, Path source, Path own, BenchmarkKeys keys)
            throws IOException {
        try (var origin = new OriginProgram(command, source, own, keys)) {
            double seconds = origin.awaitWalk();
            System.out.printf(Locale.ROOT, "ROW\t%s\t%.3f\t%.1f%n", name, seconds, origin.peak());
        } catch (IOException e) {
            throw new IOException("The origin said: " + Files.readString(own.resolve("origin.log")), e);
        } finally {
            Programs.run(List.of("rm", "-rf", own.toString()));
        }
    }
}
