package dev.aquifer.webhook.command.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Conditions;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Objects;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.rest.ApiException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks node agents for their measures, many at a time. One that gives none is in the answer with the reason. */
public final class NodeCaches {
    /** What node agents are known by, whatever the release is called. */
    public static final String AGENTS = "app.kubernetes.io/name=aquifer,app.kubernetes.io/component=node";

    private static final int AT_A_TIME = 16;
    private static final String PORT = "9090";

    private final Objects objects;
    private final PodMetrics metrics;

    /** What a pod says at its port for metrics. */
    @FunctionalInterface
    public interface PodMetrics {
        /**
         * All of it.
         *
         * @throws ApiException when there is no answer
         */
        String of(String path);
    }

    /**
     * The caches of a cluster's nodes.
     *
     * @param metrics reads a path of the API server as text
     */
    public NodeCaches(Objects objects, PodMetrics metrics) {
        this.objects = objects;
        this.metrics = metrics;
    }

    /** One of each node that has an agent, by their names. */
    public List<NodeCache> look() {
        try (ExecutorService some =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<CompletableFuture<NodeCache>> asked = objects.labelled(Kind.POD, AGENTS).stream()
                    .filter(agent -> !agent.at("/spec/nodeName").isMissingNode())
                    .map(agent -> CompletableFuture.supplyAsync(() -> ask(agent), some))
                    .toList();
            return asked.stream()
                    .map(CompletableFuture::join)
                    .sorted(Comparator.comparing(NodeCache::node))
                    .toList();
        }
    }

    private NodeCache ask(JsonNode agent) {
        String node = agent.at("/spec/nodeName").asText();
        if (!Conditions.hold(Conditions.of(agent, "Ready"))) {
            return new NodeCache(node, false, null, "its agent is not ready");
        }
        try {
            return new NodeCache(node, true, Stand.parse(metrics.of(path(agent))), null);
        } catch (ApiException e) {
            return new NodeCache(node, true, null, e.getMessage());
        }
    }

    private static String path(JsonNode agent) {
        return "/api/v1/namespaces/%s/pods/%s:%s/proxy/metrics"
                .formatted(
                        agent.at("/metadata/namespace").asText(),
                        agent.at("/metadata/name").asText(),
                        PORT);
    }
}
