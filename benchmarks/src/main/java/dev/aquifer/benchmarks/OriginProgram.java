package dev.aquifer.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An origin as a process of its own. */
final class OriginProgram implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final int LONGEST_WALK_SECONDS = 1800;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(250); // for whoever asks takes time from it
    private static final String WALKS = "aquifer_origin_walk_seconds_count";
    private static final String WALK_SECONDS = "aquifer_origin_walk_seconds_sum";

    private final EnrolmentDesk desk;
    private final int port = Programs.freePort();
    private final Metrics metrics = new Metrics(Programs.freePort());
    private final Process process;

    /** One that looks at its source once. */
    OriginProgram(List<String> command, Path source, Path own, BenchmarkKeys keys) throws IOException {
        this(command, source, own, keys, "10h");
    }

    /**
     * Returns once it listens.
     *
     * @param command what starts {@code aquifer-node}
     * @param own an empty folder, or none yet
     * @param refresh how often it looks at its source again, where nodes ask
     */
    OriginProgram(List<String> command, Path source, Path own, BenchmarkKeys keys, String refresh) throws IOException {
        this.desk = new EnrolmentDesk(keys, URI.create(BenchmarkKeys.ORIGIN), Files.createDirectories(own));
        var words = new ArrayList<>(command);
        words.add("origin");
        words.addAll(desk.options());
        words.addAll(List.of(
                "--source=" + source,
                "--dataset=" + BenchmarkKeys.DATASET.value(),
                "--key-sha256=" + BenchmarkKeys.KEY.sha256().hex(),
                "--mount-points=" + Files.writeString(own.resolve("mount-points.json"), "[]"),
                "--state=" + Files.createDirectories(own.resolve("state")),
                "--port=" + port,
                "--metrics-port=" + metrics.port(),
                "--refresh=" + refresh));
        this.process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("origin.log").toFile())
                .start();
        try {
            await(this::isOpen, PATIENCE_SECONDS, "listen");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    Metrics metrics() {
        return metrics;
    }

    /** The seconds of its first walk, once that has ended. */
    double awaitWalk() throws IOException {
        await(() -> metrics.value(WALKS) > 0, LONGEST_WALK_SECONDS, "walk its source");
        return metrics.value(WALK_SECONDS);
    }

    /** The most that it ever had in memory, in MiB. */
    double peak() throws IOException {
        return Memory.peak(process);
    }

    /** The processor time of the process until now. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void await(BooleanSupplier done, int seconds, String what) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException("Expected the origin to %s within %d s, it does not".formatted(what, seconds));
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private boolean isOpen() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        desk.close();
    }
}
