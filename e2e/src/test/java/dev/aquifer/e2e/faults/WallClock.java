package dev.aquifer.e2e.faults;

import dev.aquifer.e2e.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/** The wall clock of programs, by libfaketime; their clock of elapsed time is the machine's. */
final class WallClock {
    private final Path file;
    private final String library;

    /** The right time. */
    WallClock(Path folder) throws IOException {
        this.file = Files.createDirectories(folder).resolve("clock");
        this.library = Command.of("bash", "lib/faketime").run().strip();
        jump(Duration.ZERO);
    }

    /** Is so much ahead of the right time from now on, or behind it. */
    void jump(Duration ahead) throws IOException {
        Path next = file.resolveSibling("next");
        Files.writeString(next, "%+d".formatted(ahead.toSeconds()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What programs have to have in theirs. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library,
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_DONT_RESET", "1");
    }
}
