package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairLabels;

/** What Secrets and ConfigMaps of the binder's have in common. */
final class OwnObject {
    private OwnObject() {}

    /** With its name and the labels that say whose it is; nothing else is in it yet. */
    static ObjectNode of(String kind, String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name).put("namespace", namespace);
        metadata.putObject("labels")
                .put(PairLabels.KUBERNETES_MANAGED_BY, PairLabels.AQUIFER)
                .put(PairLabels.MANAGED_BY, PairLabels.BINDER);
        return object;
    }
}
