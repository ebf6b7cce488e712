package dev.aquifer.webhook.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** SharedVolumes as the API server gets them: the good spec of {@code rules.yaml}, with changes. */
final class Specs {
    /** The good spec, and the rules with their changes to it. */
    static final JsonNode TABLE = table();

    private Specs() {}

    static ObjectNode good() {
        return TABLE.get("spec").deepCopy();
    }

    /** The good spec with whole members replaced; null removes one. */
    static ObjectNode with(JsonNode change) {
        ObjectNode spec = good();
        change.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                spec.remove(member.getKey());
            } else {
                spec.set(member.getKey(), member.getValue());
            }
        });
        return spec;
    }

    static GenericKubernetesResource volume(ObjectNode spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("aquifer.dev/v1alpha1")
                .withKind("SharedVolume")
                .withNewMetadata()
                .withName("ref")
                .withNamespace("default")
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    static ObjectNode yaml(String text) {
        return Serialization.unmarshal("---\n" + text, ObjectNode.class); // without the mark it may be taken for JSON
    }

    private static JsonNode table() {
        return Serialization.unmarshal(Specs.class.getResourceAsStream("/api/rules.yaml"), JsonNode.class);
    }
}
