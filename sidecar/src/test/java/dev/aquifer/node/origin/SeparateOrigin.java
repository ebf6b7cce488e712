package dev.aquifer.node.origin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.aquifer.node.origin.snapshots.OnUnreadable;
import dev.aquifer.node.testing.TestAuthority;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** An origin in a process of its own: it may have fewer rights than the test, and what it takes can be told. */
public final class SeparateOrigin implements AutoCloseable {
    /** As its program has it in a pod. */
    private static final List<String> HEAP = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

    private final Process process;
    private final int port;

    /**
     * Starts one.
     *
     * @param state a folder of its own
     * @param before words that come before those that start it, such as of setpriv(1)
     */
    public SeparateOrigin(Path source, Path state, OnUnreadable onUnreadable, TestAuthority authority, String... before)
            throws IOException, GeneralSecurityException {
        authority.write(TestAuthority.ORIGIN, Files.createDirectories(state));
        List<String> words = new ArrayList<>(List.of(before));
        words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        words.addAll(HEAP);
        words.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                requireNonNull(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                SeparateOrigin.class.getName(),
                source.toString(),
                state.toString(),
                onUnreadable.name()));
        this.process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.port = Integer.parseInt(requireNonNull(
                new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII)).readLine()));
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** How many files and connections it has open. */
    long openFiles() throws IOException {
        try (var open = Files.list(status("fd"))) {
            return open.count();
        }
    }

    /** The most memory that it ever had, in bytes. */
    long mostMemory() throws IOException {
        String line = Files.readAllLines(status("status")).stream()
                .filter(each -> each.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }

    private Path status(String what) {
        return Path.of("/proc", Long.toString(process.pid()), what);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The process: of a source, with this state and answer to what cannot be read; says its port. */
    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[1]);
        OriginSettings settings =
                RunningOrigin.settings(Path.of(arguments[0]), state, OnUnreadable.valueOf(arguments[2]));
        try (Origin origin = new Origin(settings, TestAuthority.read(state), new SimpleMeterRegistry())) {
            origin.walk();
            origin.listen();
            System.out.println(origin.port());
            // until the test is gone
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
