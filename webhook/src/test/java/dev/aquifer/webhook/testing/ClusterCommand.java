package dev.aquifer.webhook.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Runs {@code e2e/cluster} for one cluster of this machine. Every command ends before its method returns. */
public final class ClusterCommand {
    // the folder of a module is the working directory of its tests
    private static final Path SCRIPT =
            Path.of("..", "e2e", "cluster").toAbsolutePath().normalize();

    private final String cluster;

    public ClusterCommand(String cluster) {
        this.cluster = cluster;
    }

    /** Runs a command such as {@code kubectl get pods} to its end. */
    public Completed run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** As {@link #run}, with text on the command's standard input. */
    public Completed runWithInput(String input, String... arguments) {
        try {
            Process process = new ProcessBuilder(line(arguments)).start();
            try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
                var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), readers);
                var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), readers);
                process.outputWriter(StandardCharsets.UTF_8).append(input).close();
                return new Completed(process.waitFor(), out.join(), err.join());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + List.of(arguments), e);
        }
    }

    /** Runs a command whose progress a person wants to see, such as {@code up}. */
    void runShown(String... arguments) throws IOException, InterruptedException {
        int code = new ProcessBuilder(line(arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    "expected " + line(arguments) + " to succeed, found exit code " + code + "; see its output above");
        }
    }

    private List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), "--name", cluster));
        line.addAll(List.of(arguments));
        return line;
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
