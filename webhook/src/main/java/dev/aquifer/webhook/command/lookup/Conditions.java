package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** The conditions in the status of an object (meta/v1 Condition; those of pods have the same fields). */
public final class Conditions {
    private Conditions() {}

    /** The one of this type; a missing node where nobody has set it. */
    public static JsonNode of(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    /** Whether it is set and holds. */
    public static boolean hold(JsonNode condition) {
        return condition.path("status").asText().equals("True");
    }
}
