package dev.aquifer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program {@code aquifer-node} as a process of this machine: the native image if this build made one, else on the JVM. */
final class NodeProgram implements AutoCloseable {
    private static final Path BUILT =
            Path.of("..", "sidecar", "target").toAbsolutePath().normalize();

    private final Process process;

    private NodeProgram(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param log what it prints goes there
     */
    static NodeProgram start(Path log, String... arguments) {
        List<String> words = new ArrayList<>(program());
        words.addAll(List.of(arguments));
        try {
            return new NodeProgram(new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + words, e);
        }
    }

    /** What runs, in a word. */
    static String kind() {
        return program().size() == 1 ? "native image" : "JVM";
    }

    private static List<String> program() {
        Path binary = BUILT.resolve("aquifer-node");
        Path jar = jar();
        if (Files.isExecutable(binary) && modified(binary) >= modified(jar)) {
            return List.of(binary.toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                jar + ":" + BUILT.resolve("libs") + "/*",
                "dev.aquifer.node.Main");
    }

    private static Path jar() {
        try (var jars = Files.newDirectoryStream(BUILT, "aquifer-node-*[0-9].jar")) {
            return jars.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "expected the jar of aquifer-node in " + BUILT + ": build the module sidecar", e);
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it as Kubernetes does. */
    int stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the program did not stop within 20 s of a SIGTERM");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
