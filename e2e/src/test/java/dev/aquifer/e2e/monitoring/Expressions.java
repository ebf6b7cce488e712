package dev.aquifer.e2e.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the chart asks of Prometheus: in its alerts and its dashboards. */
final class Expressions {
    static final Path ALERTS = Path.of("../manifests/chart/files/alerts.yaml");

    private static final Path DASHBOARDS = Path.of("../manifests/chart/files/dashboards");
    /** A variable of the dashboards, and what Grafana puts there for all its values. */
    private static final String NAMESPACE = "$namespace";

    private static final String ALL = ".*";
    /** The limit at the end: what it is compared with must have data though the alert is quiet. */
    private static final Pattern LIMIT = Pattern.compile("\\s[<>]\\s[0-9.]+$");

    /** A histogram's own name, without that of its parts. */
    private static final Pattern OURS = Pattern.compile("\\baquifer_[a-z_]+?(?=(_bucket|_count|_sum)?\\b(?!\"))");

    private Expressions() {}

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode group : read(ALERTS).path("groups")) {
            group.path("rules").forEach(alerts::add);
        }
        return alerts;
    }

    /**
     * Each once, and once more without the nought that stands in for what is not there: with it a name that no program has
     * would never show.
     */
    static List<String> all() throws IOException {
        var all = new TreeSet<String>();
        for (JsonNode alert : alerts()) {
            add(all, LIMIT.matcher(alert.path("expr").asText()).replaceFirst(""));
        }
        for (JsonNode dashboard : dashboards()) {
            asked(dashboard).forEach(expression -> add(all, expression.replace(NAMESPACE, ALL)));
        }
        return List.copyOf(all);
    }

    static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> read = new ArrayList<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.sorted().toList()) {
                read.add(read(file));
            }
        }
        return read;
    }

    /** What a dashboard asks for, with its variables. */
    static List<String> asked(JsonNode dashboard) {
        return dashboard.findParents("expr").stream()
                .map(target -> target.path("expr").asText())
                .toList();
    }

    private static void add(Set<String> all, String expression) {
        all.add(expression);
        all.add(expression.replace(" or vector(0)", ""));
    }

    /** The metrics of ours that an expression asks for, by the names that programs count them under. */
    static Set<String> metrics(String expression) {
        return OURS.matcher(expression)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static JsonNode read(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }
}
