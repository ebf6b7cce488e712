package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects as somebody sees them who may not list pods of others. */
record WithoutPods(KubernetesObjects objects) implements KubernetesObjects {
    @Override
    public List<JsonNode> all(Kind kind) {
        return seen(kind).all(kind);
    }

    @Override
    public List<JsonNode> labelled(Kind kind, String labels) {
        return seen(kind).labelled(kind, labels);
    }

    @Override
    public List<JsonNode> within(String namespace, Kind kind, String labels) {
        return seen(kind).within(namespace, kind, labels);
    }

    @Override
    public @Nullable JsonNode find(Kind kind, String namespace, String name) {
        return seen(kind).find(kind, namespace, name);
    }

    private KubernetesObjects seen(Kind kind) {
        if (kind == Kind.POD) {
            throw new ApiException(ApiException.FORBIDDEN, "pods is forbidden");
        }
        return objects;
    }
}
