package dev.aquifer.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Fills a node's cache again and again from a source that has a file {@code large} and a folder {@code small}, and reads that
 * file behind each fill as a pod has it; then reads all of it as a pod has it, and from other copies, in turn. Arguments:
 * rounds, source, an own folder, how many copies there are in the folders {@code copy-1}, {@code copy-2} ... beside the source,
 * and the command of {@code aquifer-node}.
 */
public final class WarmReads {
    private static final int[] READERS = {1, 4, 16};

    private WarmReads() {}

    public static void main(String[] args) throws Exception {
        var source = Path.of(args[1]);
        var own = Path.of(args[2]);
        var copies = new LinkedHashMap<String, Path>();
        for (int copy = 1; copy <= Integer.parseInt(args[3]); copy++) {
            copies.put("ext4 " + copy, source.resolveSibling("copy-" + copy));
        }
        var keys = new BenchmarkKeys();
        int rounds = Integer.parseInt(args[0]);
        var command = Arrays.asList(args).subList(4, args.length);
        try (var desk = new EnrolmentDesk(keys, BenchmarkKeys.NODE, own);
                var origin = new OriginProgram(command, source, own.resolve("origin"), keys)) {
            for (int fill = 0; fill < rounds; fill++) {
                try (var node = new NodePair(command, own.resolve("node"), desk);
                        var shown = node.show(origin.port())) {
                    FirstReads.print(shown.path());
                }
            }
            try (var node = new NodePair(command, own.resolve("node"), desk);
                    var shown = node.show(origin.port())) {
                copies.put("aquifer", shown.path());
                for (int round = 0; round <= rounds; round++) {
                    measure(copies, round);
                }
            }
        }
    }

    private static void measure(Map<String, Path> copies, int round) throws Exception {
        for (var reading : Reading.values()) {
            for (int readers : READERS) {
                for (var copy : copies.entrySet()) {
                    double rate = reading.rate(copy.getValue(), readers);
                    if (round > 0) { // in the first the compilers are at work
                        System.out.printf(
                                Locale.ROOT, "ROW\t%s\t%d\t%s\t%.3f%n", reading.title(), readers, copy.getKey(), rate);
                    }
                }
            }
        }
    }
}
