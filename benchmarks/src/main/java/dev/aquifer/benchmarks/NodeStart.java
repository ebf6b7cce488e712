package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts a CSI driver again and again: from exec to its first answer, what it takes when idle, and how long a call takes
 * then.
 */
final class NodeStart {
    private static final int CALLS = 500;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(2);

    private NodeStart() {}

    /** Arguments: a name, how many starts, the driver's socket, then the command. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int starts = Integer.parseInt(arguments[1]);
        Path socket = Path.of(arguments[2]);
        List<String> command = Arrays.asList(arguments).subList(3, arguments.length);
        measure(command, socket); // this program's own first calls are slow
        Start[] all = new Start[starts];
        for (int i = 0; i < starts; i++) {
            all[i] = measure(command, socket);
        }
        System.out.printf(
                Locale.ROOT,
                "ROW\t| %s | %.0f | %.0f | %.1f | %.1f | %.2f |%n",
                arguments[0],
                median(all, Comparator.comparingDouble(Start::millis)).millis(),
                Arrays.stream(all).mapToDouble(Start::millis).max().orElse(0),
                median(all, Comparator.comparingDouble(start -> start.idle().resident()))
                        .idle()
                        .resident(),
                median(all, Comparator.comparingDouble(start -> start.idle().own()))
                        .idle()
                        .own(),
                median(all, Comparator.comparingDouble(Start::call)).call());
    }

    /**
     * One start.
     *
     * @param millis from exec to the first answer
     * @param idle what it takes then
     * @param call ms of a later Probe, the median
     */
    private record Start(double millis, Memory idle, double call) {}

    private static Start measure(List<String> command, Path socket) throws IOException, InterruptedException {
        Files.deleteIfExists(socket);
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            double millis = untilItAnswers(process, socket, begun);
            LockSupport.parkNanos(IDLE);
            return new Start(millis, Memory.of(process), call(socket));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static double untilItAnswers(Process process, Path socket, long begun) throws IOException {
        while (System.nanoTime() - begun < PATIENCE && process.isAlive()) {
            if (Files.exists(socket)) {
                ProbeCall.make(socket);
                return (System.nanoTime() - begun) / 1e6;
            }
            LockSupport.parkNanos(200_000);
        }
        throw new IOException("the driver did not answer on " + socket);
    }

    private static double call(Path socket) throws IOException {
        double[] calls = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begun = System.nanoTime();
            ProbeCall.make(socket);
            calls[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(calls);
        return calls[CALLS / 2];
    }

    private static Start median(Start[] starts, Comparator<Start> by) {
        Start[] sorted = starts.clone();
        Arrays.sort(sorted, by);
        return sorted[sorted.length / 2];
    }
}
