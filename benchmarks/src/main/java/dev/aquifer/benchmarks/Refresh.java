package dev.aquifer.benchmarks;

import dev.aquifer.node.link.LinkAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Replaces one file of a source again and again, and prints for each time the seconds until pods on a node would get the
 * snapshot with it, the seconds of the walks meanwhile, and the bytes of listings and files that the origin sent. Arguments:
 * rounds, source, the path of the file, an own folder, and the command of {@code aquifer-node}.
 */
public final class Refresh {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String LISTINGS = "aquifer_origin_sent_listing_bytes_total";
    private static final String FILES = "aquifer_origin_sent_file_bytes_total";
    private static final String WALKS = "aquifer_origin_walk_seconds_sum";

    private final Path file;

    private Refresh(Path file) {
        this.file = file;
    }

    public static void main(String[] args) throws IOException {
        var source = Path.of(args[1]);
        new Refresh(source.resolve(args[2]))
                .measure(
                        Integer.parseInt(args[0]),
                        source,
                        Path.of(args[3]),
                        Arrays.asList(args).subList(4, args.length));
    }

    private void measure(int rounds, Path source, Path own, List<String> command) throws IOException {
        var keys = new BenchmarkKeys();
        try (var desk = new EnrolmentDesk(keys, BenchmarkKeys.NODE, own);
                var origin = new OriginProgram(command, source, own.resolve("origin"), keys, "1s")) {
            list(own.resolve("node/datasets"), origin.port());
            try (var node = new NodePair(command, own.resolve("node"), desk)) {
                var current = node.fill(origin.port());
                for (int round = 0; round < rounds; round++) {
                    current = replace(node, origin, current);
                }
            }
        }
    }

    private LinkAnswer.Ready replace(NodePair node, OriginProgram origin, LinkAnswer.Ready current) throws IOException {
        double listings = origin.metrics().value(LISTINGS);
        double files = origin.metrics().value(FILES);
        double walks = origin.metrics().value(WALKS);
        var next = file.resolveSibling("next");
        Files.writeString(next, "changed at " + System.nanoTime());
        long begun = System.nanoTime();
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        var ready = current;
        while (ready.snapshot().equals(current.snapshot())) {
            LockSupport.parkNanos(PAUSE);
            ready = node.fill(origin.port());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "ROW\t%.2f\t%.2f\t%.0f\t%.0f%n",
                seconds,
                origin.metrics().value(WALKS) - walks,
                origin.metrics().value(LISTINGS) - listings,
                origin.metrics().value(FILES) - files);
        return ready;
    }

    /** A node polls the origins of the datasets that the binder lists. */
    private static void list(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("datasets-0.json"), """
                {"datasets": [{"id": "%s", "sharedVolume": "benchmark/ref", "origin": "%s", "originAddress": "localhost:%d",
                  "mountPoints": [], "refreshSeconds": 1, "prefetch": false, "maxBytes": null}]}
                """.formatted(
                        BenchmarkKeys.DATASET.value(), BenchmarkKeys.ORIGIN, port));
    }
}
