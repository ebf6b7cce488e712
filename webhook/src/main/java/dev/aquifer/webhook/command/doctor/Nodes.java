package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import java.util.List;

/** The nodes that pods with volumes run on. */
final class Nodes {
    private static final int NAMED = 5;
    private static final String LINUX = "linux";

    private Nodes() {}

    static List<JsonNode> linux(KubernetesObjects objects) {
        return objects.all(Kind.NODE).stream()
                .filter(node -> node.at("/status/nodeInfo/operatingSystem")
                        .asText(LINUX)
                        .equals(LINUX))
                .toList();
    }

    /** Names some of them, and says how many more there are. */
    static String some(List<String> names) {
        String text = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? "%s and %d more".formatted(text, names.size() - NAMED) : text;
    }
}
