package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects none of which can be looked at.
 *
 * @param code of the API server's answer
 */
public record RefusedObjects(int code) implements KubernetesObjects {
    @Override
    public List<JsonNode> all(Kind kind) {
        throw new ApiException(code, "no");
    }

    @Override
    public List<JsonNode> labelled(Kind kind, String labels) {
        throw new ApiException(code, "no");
    }

    @Override
    public List<JsonNode> within(String namespace, Kind kind, String labels) {
        throw new ApiException(code, "no");
    }

    @Override
    public @Nullable JsonNode find(Kind kind, String namespace, String name) {
        throw new ApiException(code, "no");
    }
}
