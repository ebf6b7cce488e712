package dev.aquifer.webhook.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words by which the chart's alerts select series: one that no program says any more would keep them quiet. */
public final class AlertWords {
    private static final Path ALERTS = Path.of("..", "manifests", "chart", "files", "alerts.yaml");

    private AlertWords() {}

    /** The values of a label that alerts ask a metric for. */
    public static Set<String> of(String metric, String label) throws IOException {
        return Pattern.compile("\\b%s\\{[^}]*\\b%s=~?\"([^\"]*)\"".formatted(metric, label))
                .matcher(Files.readString(ALERTS))
                .results()
                .flatMap(selector -> Stream.of(selector.group(1).split("\\|", -1)))
                .collect(Collectors.toSet());
    }
}
