package dev.aquifer.webhook.command.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.command.lookup.Conditions;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.command.nodes.NodeCache;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.command.nodes.Spread;
import dev.aquifer.webhook.command.output.Size;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody waits for: that a shared volume is ready, and more if he says so.
 *
 * @param tenant that its claims in this namespace are bound; null for none
 * @param filled that every node with an agent has all of it
 */
public record Goal(String owner, String name, @Nullable String tenant, boolean filled) {

    /**
     * How far it is.
     *
     * @param caches of nodes, asked for only while some node lacks the volume
     * @throws IllegalArgumentException when there is no such volume, or one that cannot get there
     */
    public Progress look(KubernetesObjects objects, Supplier<List<NodeCache>> caches) {
        JsonNode volume = SharedVolumes.expect(key(), objects.find(Kind.SHARED_VOLUME, owner, name));
        if (filled) {
            SharedVolumes.expectCached(key(), volume);
        }
        return Stream.<Supplier<Progress>>of(
                        () -> ready(volume), () -> bound(volume, objects), () -> spread(volume, objects, caches))
                .map(Supplier::get)
                .filter(progress -> !progress.reached())
                .findFirst()
                .orElseGet(() -> Progress.reached(key() + sentence()));
    }

    /** {@code owner/name}. */
    public String key() {
        return owner + "/" + name;
    }

    private String sentence() {
        String where = tenant == null ? " is ready" : " can be used in namespace " + tenant;
        return filled ? where + ", and all nodes have it" : where;
    }

    private Progress ready(JsonNode volume) {
        JsonNode ready = Conditions.of(volume, "Ready");
        if (ready.isMissingNode()) {
            return Progress.missing("no binder has looked at " + key() + " yet");
        }
        long seen = ready.path("observedGeneration").asLong(Long.MAX_VALUE);
        if (seen < volume.at("/metadata/generation").asLong()) {
            return Progress.missing(key() + " was changed, and the binder has not looked at it since");
        }
        return Conditions.hold(ready)
                ? Progress.reached("")
                : Progress.missing(
                        key() + " is not ready: " + ready.path("message").asText());
    }

    private Progress bound(JsonNode volume, KubernetesObjects objects) {
        if (tenant == null) {
            return Progress.reached("");
        }
        List<JsonNode> claims =
                objects.within(tenant, Kind.CLAIM, PairLabels.MANAGED_BY + "=" + PairLabels.BINDER).stream()
                        .filter(claim -> claim.at("/metadata/annotations")
                                .path(DesiredClaim.SOURCE)
                                .asText()
                                .equals(key()))
                        .toList();
        if (claims.isEmpty()) {
            return Progress.missing("%s has no claim in namespace %s yet; %s"
                    .formatted(key(), tenant, Absence.of(SharedVolumes.known(volume), tenant, objects)));
        }
        return claims.stream()
                .filter(claim -> !claim.at("/status/phase").asText().equals("Bound"))
                .findFirst()
                .map(claim -> Progress.missing("claim %s in namespace %s is %s"
                        .formatted(
                                claim.at("/metadata/name").asText(),
                                tenant,
                                claim.at("/status/phase").asText("Pending"))))
                .orElseGet(() -> Progress.reached(""));
    }

    private Progress spread(JsonNode volume, KubernetesObjects objects, Supplier<List<NodeCache>> caches) {
        if (!filled) {
            return Progress.reached("");
        }
        int agents = Spread.agents(objects);
        Spread nodes = Spread.of(volume, agents);
        if (nodes == null) {
            nodes = new Spread(0, 0, 0, agents);
        }
        return nodes.isFull() ? Progress.reached("") : filling(nodes, caches.get());
    }

    /** The fills of all nodes together: agents do not say whose bytes they fetch. */
    private Progress filling(Spread nodes, List<NodeCache> caches) {
        long size = sum(caches, Stand::fillBytes);
        long done = sum(caches, Stand::fillDoneBytes);
        double begun = size == 0 ? 0 : nodes.filling() * Math.clamp((double) done / size, 0, 1);
        StringBuilder message = new StringBuilder("%s: complete on %d of %d nodes, filling on %d"
                .formatted(key(), nodes.complete(), nodes.all(), nodes.filling()));
        if (nodes.failed() > 0) {
            message.append(", failed on %d (see condition Cached)".formatted(nodes.failed()));
        }
        if (size > 0) {
            message.append("; nodes have %s of %s, %s/s"
                    .formatted(Size.of(done), Size.of(size), Size.of(sum(caches, Stand::fillBytesPerSecond))));
        }
        return new Progress(false, nodes.all() == 0 ? 0 : (nodes.complete() + begun) / nodes.all(), message.toString());
    }

    private static long sum(List<NodeCache> caches, ToLongFunction<Stand> measure) {
        return caches.stream()
                .map(NodeCache::stand)
                .filter(java.util.Objects::nonNull)
                .mapToLong(measure)
                .sum();
    }
}
