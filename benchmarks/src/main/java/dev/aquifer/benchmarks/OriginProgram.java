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

/** An origin as a process of its own. */
final class OriginProgram implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

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
        awaitPort();
    }

    int port() {
        return port;
    }

    Metrics metrics() {
        return metrics;
    }

    /** The processor time of the process until now. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void awaitPort() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isOpen()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException(
                        "Expected the origin to listen within %d s, it does not".formatted(PATIENCE_SECONDS));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
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
