package dev.aquifer.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;

/** What a program of ours counts, as it shows it on its port. */
record Metrics(int port) {
    /** The value of a metric without labels; 0 while there is none. */
    double value(String name) {
        return text().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private String text() {
        try (var in = URI.create("http://localhost:%d/metrics".formatted(port))
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException notYet) {
            return "";
        }
    }
}
