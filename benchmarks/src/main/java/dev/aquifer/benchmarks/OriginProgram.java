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
    private final Process process;

    /**
     * Returns once it listens.
     *
     * @param command what starts {@code aquifer-node}
     * @param own has what {@link BenchmarkKeys#writeEnrolment} wrote
     */
    OriginProgram(List<String> command, Path source, Path own, BenchmarkKeys keys) throws IOException {
        this.desk = new EnrolmentDesk(keys, URI.create(BenchmarkKeys.ORIGIN));
        var words = new ArrayList<>(command);
        words.addAll(List.of(
                "origin",
                "--source=" + source,
                "--dataset=" + BenchmarkKeys.DATASET.value(),
                "--key-sha256=" + BenchmarkKeys.KEY.sha256().hex(),
                "--mount-points=" + Files.writeString(own.resolve("mount-points.json"), "[]"),
                "--state=" + Files.createDirectories(own.resolve("state")),
                "--port=" + port,
                "--metrics-port=" + Programs.freePort(),
                "--enrol-at=" + desk.address(),
                "--ca=" + own.resolve("ca.crt"),
                "--token=" + own.resolve("token")));
        this.process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("origin.log").toFile())
                .start();
        awaitPort();
    }

    int port() {
        return port;
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
