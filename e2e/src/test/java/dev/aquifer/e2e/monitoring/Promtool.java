package dev.aquifer.e2e.monitoring;

import dev.aquifer.e2e.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own programs, in one folder of this machine. */
record Promtool(Path bin) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Those of the machine, or of Debian's package. */
    static Promtool find() {
        String script = Path.of("lib", "prometheus").toAbsolutePath().toString();
        return new Promtool(Path.of(
                new Command(List.of(script), LIMIT).run().lines().toList().getLast()));
    }

    /** Runs a command of promtool on a text. */
    String on(String input, String... arguments) {
        List<String> words = new ArrayList<>(List.of(bin.resolve("promtool").toString()));
        words.addAll(List.of(arguments));
        return new Command(words, LIMIT).run(input);
    }

    Path server() {
        return bin.resolve("prometheus");
    }
}
