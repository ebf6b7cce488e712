package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.rest.ApiServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of a cluster, as far as who asks may look; each kind is listed once. */
public final class ClusterObjects implements KubernetesObjects {
    private final ApiServer api;
    private final Map<Kind, List<JsonNode>> listed = new EnumMap<>(Kind.class);

    public ClusterObjects(ApiServer api) {
        this.api = api;
    }

    @Override
    public List<JsonNode> all(Kind kind) {
        return listed.computeIfAbsent(kind, one -> list(one.path()));
    }

    @Override
    public List<JsonNode> labelled(Kind kind, String labels) {
        return within("", kind, labels);
    }

    @Override
    public List<JsonNode> within(String namespace, Kind kind, String labels) {
        return list(kind.path(namespace) + "?labelSelector=" + URLEncoder.encode(labels, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable JsonNode find(Kind kind, String namespace, String name) {
        return api.find(kind.path(namespace, name));
    }

    private List<JsonNode> list(String collection) {
        List<JsonNode> objects = new ArrayList<>();
        api.list(collection, objects::add);
        return List.copyOf(objects);
    }
}
