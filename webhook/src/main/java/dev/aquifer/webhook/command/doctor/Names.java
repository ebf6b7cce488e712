package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;

/** What people call objects. */
final class Names {
    private Names() {}

    /** {@code namespace/name}, or the name of an object that has no namespace. */
    static String of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
