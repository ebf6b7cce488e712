package dev.aquifer.webhook.command.nodes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aquifer.webhook.command.lookup.Conditions;
import dev.aquifer.webhook.command.lookup.Installed;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.nodes.NodeCache.Held;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.rest.ApiException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks node agents for their caches, many at a time. One that gives no answer is in the answer with the reason. */
public final class NodeCaches {
    /** The component that node agents are. */
    public static final String AGENTS = "node";

    /** What is said of agents that who asks may not ask. */
    public static final String UNASKED = "you may not ask agents (get pods/proxy)";

    private static final int AT_A_TIME = 16;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KubernetesObjects objects;
    private final Agents agents;

    public NodeCaches(KubernetesObjects objects, Agents agents) {
        this.objects = objects;
        this.agents = agents;
    }

    /**
     * One of each node that has an agent, by their names.
     *
     * @throws ApiException for whoever may not look at agents
     */
    public List<NodeCache> all() {
        return look(pods(), false);
    }

    /** As {@link #all}; none for whoever may not look at agents. */
    public List<NodeCache> look() {
        return look(visible(), false);
    }

    /** As {@link #look}, with what there is of each dataset: that starts a program on each node, if it may. */
    public List<NodeCache> lookInside() {
        return look(visible(), true);
    }

    private List<NodeCache> look(List<JsonNode> pods, boolean inside) {
        AtomicBoolean may = new AtomicBoolean(true);
        try (ExecutorService some =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<CompletableFuture<NodeCache>> asked = pods.stream()
                    .map(pod -> CompletableFuture.supplyAsync(() -> ask(pod, inside, may), some))
                    .toList();
            return asked.stream()
                    .map(CompletableFuture::join)
                    .sorted(Comparator.comparing(NodeCache::node))
                    .toList();
        }
    }

    private List<JsonNode> visible() {
        try {
            return pods();
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return List.of();
            }
            throw e;
        }
    }

    private List<JsonNode> pods() {
        return Installed.all(objects, Kind.POD, AGENTS).stream()
                .filter(pod -> !pod.at("/spec/nodeName").isMissingNode())
                .toList();
    }

    private NodeCache ask(JsonNode pod, boolean inside, AtomicBoolean may) {
        String node = pod.at("/spec/nodeName").asText();
        if (!Conditions.hold(Conditions.of(pod, "Ready"))) {
            return NodeCache.silent(node, false, "its agent is not ready");
        }
        String namespace = pod.at("/metadata/namespace").asText();
        String name = pod.at("/metadata/name").asText();
        Stand stand;
        try {
            stand = Stand.parse(agents.metrics(namespace, name));
        } catch (ApiException e) {
            return NodeCache.silent(node, true, e.isForbidden() ? UNASKED : String.valueOf(e.getMessage()));
        }
        if (!inside) {
            return new NodeCache(node, true, stand, List.of(), null);
        }
        try {
            return new NodeCache(node, true, stand, held(namespace, name, may), null);
        } catch (ApiException e) {
            return new NodeCache(node, true, stand, List.of(), e.getMessage());
        }
    }

    /** Whoever may not on one node may not on any: he is refused once, or as often as was asked at the same time. */
    private List<Held> held(String namespace, String pod, AtomicBoolean may) {
        try {
            if (may.get()) {
                return held(agents.status(namespace, pod));
            }
        } catch (ApiException e) {
            if (!e.isForbidden()) {
                throw e;
            }
            may.set(false);
        }
        throw new ApiException(ApiException.FORBIDDEN, "you may not run commands in agents (get and create pods/exec)");
    }

    private static List<Held> held(String status) {
        JsonNode list;
        try {
            list = JSON.readTree(status).path("datasets");
        } catch (JsonProcessingException e) {
            list = MissingNode.getInstance();
        }
        if (!list.isArray()) {
            throw new ApiException(ApiException.NONE, "what its agent says of itself cannot be read");
        }
        return list.valueStream()
                .map(Held::of)
                .sorted(Comparator.comparing(Held::volume))
                .toList();
    }
}
