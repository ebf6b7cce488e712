package dev.aquifer.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the chart asks of Prometheus: in its alerts and its dashboards. */
final class Expressions {
    static final Path ALERTS = Path.of("../manifests/chart/files/alerts.yaml");

    private static final Path DASHBOARDS = Path.of("../manifests/chart/files/dashboards");
    /** The limit at the end: what it is compared with must have data though the alert is quiet. */
    private static final Pattern LIMIT = Pattern.compile("\\s[<>]\\s[0-9.]+$");

    private Expressions() {}

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode group : read(ALERTS).path("groups")) {
            group.path("rules").forEach(alerts::add);
        }
        return alerts;
    }

    /** Each once. */
    static List<String> all() throws IOException {
        var all = new TreeSet<String>();
        for (JsonNode alert : alerts()) {
            for (String part : alert.path("expr").asText().split("\\sand\\s", -1)) {
                all.add(LIMIT.matcher(part.strip()).replaceFirst(""));
            }
        }
        try (Stream<Path> dashboards = Files.list(DASHBOARDS)) {
            for (Path dashboard : dashboards.toList()) {
                read(dashboard)
                        .findParents("expr")
                        .forEach(target -> all.add(target.path("expr").asText()));
            }
        }
        return List.copyOf(all);
    }

    static JsonNode read(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }
}
