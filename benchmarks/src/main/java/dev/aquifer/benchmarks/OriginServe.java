package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Has {@code aquifer-node origin} serve a folder, pulls one file again and again, and prints what it cost the origin: for each
 * round the bytes, the seconds and the processor's seconds. Arguments: folder, an own folder, the file's name, rounds, and the
 * command of {@code aquifer-node}.
 */
public final class OriginServe {
    private OriginServe() {}

    public static void main(String[] args) throws IOException {
        var own = Path.of(args[1]);
        var keys = new BenchmarkKeys();
        var node = own.resolve("node.p12");
        keys.writeNode(node);
        var context = BenchmarkKeys.client(node);
        var command = Arrays.asList(args).subList(4, args.length);
        try (var origin = new OriginProgram(command, Path.of(args[0]), own, keys)) {
            for (int round = Integer.parseInt(args[3]); round > 0; round--) {
                var before = origin.cpu();
                long begun = System.nanoTime();
                long bytes = OriginPull.pull(context, origin.port(), args[2]);
                double seconds = (System.nanoTime() - begun) / 1e9;
                double cpu = origin.cpu().minus(before).toNanos() / 1e9;
                System.out.printf(Locale.ROOT, "ROW\t%d\t%.3f\t%.3f%n", bytes, seconds, cpu);
            }
        } catch (IOException e) {
            throw new IOException("The origin said: " + Files.readString(own.resolve("origin.log")), e);
        }
    }
}
