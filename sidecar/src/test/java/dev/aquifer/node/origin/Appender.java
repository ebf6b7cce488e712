package dev.aquifer.node.origin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Appends to a file every 100 ms until it is closed. */
final class Appender implements AutoCloseable {
    private final Path path;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Appender(Path path) throws IOException {
        this.path = path;
        Files.writeString(path, "first\n");
        var _ = timer.scheduleAtFixedRate(this::append, 100, 100, TimeUnit.MILLISECONDS);
    }

    Path path() {
        return path;
    }

    private void append() {
        try {
            Files.writeString(path, "more\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
