package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Fills a node's cache from a source that has a file {@code large}, and reads that twice as a pod has it. Arguments: source, an
 * own folder, a command that is run on the file between the fill and the reads, or {@code -}, the command of the origin,
 * {@code --}, the command of the node, and {@code --}.
 */
public final class FirstReads {
    private FirstReads() {}

    public static void main(String[] args) throws IOException {
        var source = Path.of(args[0]);
        var own = Path.of(args[1]);
        var keys = new BenchmarkKeys();
        var commands = Programs.split(Arrays.asList(args).subList(3, args.length));
        try (var desk = new EnrolmentDesk(keys, BenchmarkKeys.NODE, own);
                var origin = new OriginProgram(commands.getFirst(), source, own.resolve("origin"), keys);
                var node = new NodePair(commands.getLast(), own.resolve("node"), desk);
                var shown = node.show(origin.port())) {
            if (!args[2].equals("-")) {
                Programs.run(
                        List.of(args[2], shown.path().resolve(Reading.LARGE).toString()));
            }
            print(shown.path());
        }
    }

    /**
     * Prints what the first read of the large file gives, and the second, in GB/s. What was just written is in memory as it was
     * written; what a later read brought there may be in other portions.
     */
    static void print(Path shown) throws IOException {
        for (String which : List.of("first", "second")) {
            var buffer = ByteBuffer.allocateDirect(1 << 20);
            long begun = System.nanoTime();
            try (var file = FileChannel.open(shown.resolve(Reading.LARGE))) {
                while (file.read(buffer.clear()) >= 0) {
                    // the next
                }
                System.out.printf(
                        Locale.ROOT, "ROW\t%s\t%.2f%n", which, file.size() / (double) (System.nanoTime() - begun));
            }
        }
    }
}
