package dev.aquifer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program {@code aquifer-node} as a process of this machine: native where there is a GraalVM, else on the JVM. */
public final class NodeProgram implements AutoCloseable {
    private static final Path BUILT =
            Path.of("..", "sidecar", "target").toAbsolutePath().normalize();
    private static final List<String> PROGRAM = System.getenv("GRAALVM_HOME") == null ? onTheJvm() : asNativeImage();

    private final Process process;

    private NodeProgram(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param log what it prints goes there
     */
    public static NodeProgram start(Path log, String... arguments) {
        return start(log, Map.of(), arguments);
    }

    /**
     * Starts it in an environment.
     *
     * @param more variables besides those of this process
     */
    public static NodeProgram start(Path log, Map<String, String> more, String... arguments) {
        List<String> words = words(arguments);
        try {
            ProcessBuilder program =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
            // as in the image: names of files are bytes, whatever the language
            program.environment().put("LC_ALL", "C");
            program.environment().putAll(more);
            return new NodeProgram(program.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + words, e);
        }
    }

    /**
     * Starts the process that mounts, with its sockets in a folder of a test's own.
     *
     * @param folder has a folder {@code kubelet}
     * @param more options besides those of folders and sockets
     */
    public static NodeProgram mount(Path log, Path folder, Path cache, String... more) {
        return mount(log, Map.of(), folder, cache, more);
    }

    /** The same in an environment, as {@link #start(Path, Map, String...)} has it. */
    public static NodeProgram mount(
            Path log, Map<String, String> environment, Path folder, Path cache, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "mount",
                "--node-name=node-1",
                "--kubelet-root=" + folder.resolve("kubelet"),
                "--cache=" + cache,
                "--endpoint=" + folder.resolve("csi.sock"),
                "--registration=" + folder.resolve("reg.sock"),
                "--fetch-socket=" + folder.resolve("fetch.sock"),
                "--mount-socket=" + folder.resolve("mount.sock")));
        arguments.addAll(List.of(more));
        return start(log, environment, arguments.toArray(String[]::new));
    }

    /** For arguments with which it soon ends. */
    public static Command command(String... arguments) {
        return new Command(words(arguments), Duration.ofMinutes(1));
    }

    /** What runs, in a word. */
    public static String kind() {
        return PROGRAM.size() == 1 ? "native image" : "JVM";
    }

    private static List<String> words(String... arguments) {
        List<String> words = new ArrayList<>(PROGRAM);
        words.addAll(List.of(arguments));
        return words;
    }

    private static List<String> asNativeImage() {
        String script = Path.of("native").toAbsolutePath().toString();
        String printed = new Command(List.of(script), Duration.ofMinutes(40)).run();
        return List.of(printed.lines().toList().getLast());
    }

    private static List<String> onTheJvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // as the native program has them: what a process holds can be told from what it has not collected yet
                "-Xmx256m",
                "-Xmn8m",
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                jar() + ":" + BUILT.resolve("libs") + "/*",
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

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it as Kubernetes does. */
    public int stop() {
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

    public long pid() {
        return process.pid();
    }

    /** Ends it at once, as the kernel does that is out of memory; returns when it is gone. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
