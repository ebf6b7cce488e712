package dev.aquifer.e2e.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.Command;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the chart makes for an operator of Prometheus, without a cluster. */
final class MonitoringTemplate {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private MonitoringTemplate() {}

    /** The objects that come of this value, beside that of the cache. */
    static List<JsonNode> render(String value) {
        String bin = command("ground/build", "helm").lines().toList().getLast();
        String rendered = command(
                bin + "/helm",
                "template",
                "aquifer",
                "../manifests/chart",
                "--namespace=aquifer-system",
                "--show-only=templates/monitoring.yaml",
                "--set=cache.enabled=true," + value);
        return Stream.of(rendered.split("(?m)^---$", -1))
                .filter(document -> !document.isBlank())
                .map(document -> Serialization.unmarshal(document, JsonNode.class))
                .toList();
    }

    private static String command(String... words) {
        return new Command(List.of(words), LIMIT).run();
    }
}
