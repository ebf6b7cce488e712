package dev.aquifer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine with its arguments, which must end well within its time limit. */
public record Command(List<String> words, Duration limit) {

    public Command {
        words = List.copyOf(words);
    }

    public static Command of(String... words) {
        return new Command(List.of(words), Duration.ofMinutes(1));
    }

    /** As {@link #run(String)}, with nothing on standard input. */
    public String run() {
        return run("");
    }

    /**
     * Runs the program with a text on standard input, short enough for a pipe to hold it (64 KiB).
     *
     * @return what it printed, standard error included
     * @throws IllegalStateException if it fails or takes too long; the message holds what it printed
     */
    public String run(String input) {
        var process = start(input);
        try {
            var output = Thread.ofVirtual();
            var text = new StringBuilder();
            var reader = output.start(() -> text.append(read(process)));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(this + " did not end within " + limit);
            }
            reader.join();
            if (process.exitValue() != 0) {
                throw new IllegalStateException(this + " ended with code " + process.exitValue() + ": " + text);
            }
            return text.toString();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + this, e);
        }
    }

    /** Starts the program; what it prints is on the process's output. */
    public Process start() {
        return start("");
    }

    private Process start(String input) {
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
                writer.write(input);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + this, e);
        }
    }

    private static String read(Process process) {
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
