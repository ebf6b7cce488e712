package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Objects;
import java.util.List;
import java.util.Optional;

/** What the Deployments of the chart say of their programs. */
final class Programs {
    private Programs() {}

    /** Those of a component, such as {@code admission}. */
    static List<JsonNode> deployments(Objects objects, String component) {
        return objects.labelled(Kind.DEPLOYMENT, selector(component));
    }

    /** A label selector of what belongs to a component. */
    static String selector(String component) {
        return "app.kubernetes.io/name=aquifer,app.kubernetes.io/component=" + component;
    }

    /** Whether it serves namespaces by name, with rights in them alone; no pairs are made there. */
    static boolean servesByName(JsonNode deployment) {
        return argument(deployment, "--serve=").isPresent();
    }

    /** What a program is told behind this word, such as {@code --serve=}. */
    static Optional<String> argument(JsonNode deployment, String word) {
        return deployment
                .at("/spec/template/spec/containers/0/args")
                .valueStream()
                .map(JsonNode::asText)
                .filter(argument -> argument.startsWith(word))
                .map(argument -> argument.substring(word.length()))
                .findFirst();
    }

    /** Whether pairs are made in this cluster, so that claims need a guard: some installation serves by label. */
    static boolean makePairs(Objects objects) {
        return !deployments(objects, "admission").stream().allMatch(Programs::servesByName);
    }
}
