package dev.aquifer.webhook.command.doctor;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.origin.OriginResources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether quotas and limits of owners' namespaces let the origins of their cached volumes run. */
record OriginRoomCheck(KubernetesObjects objects) implements Check {
    /** Unless the chart's ownerPods.resources says something else. */
    private static final Quantity MEMORY =
            requireNonNull(OriginResources.DEFAULT.getLimits().get("memory"));

    private static final Set<String> PODS = Set.of("pods", "count/pods", "count/deployments.apps");
    /** Of containers that state none, a quota refuses all; an origin states the others. */
    private static final String UNSTATED = "limits.cpu";

    @Override
    public String name() {
        return "origin-room";
    }

    @Override
    public List<Finding> run() {
        Set<String> owners = objects.all(Kind.SHARED_VOLUME).stream()
                .filter(SharedVolumes::isCached)
                .map(volume -> volume.at("/metadata/namespace").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        List<Finding> findings = new ArrayList<>();
        for (String owner : owners) {
            List<JsonNode> limits = objects.within(owner, Kind.LIMIT_RANGE, "");
            objects.within(owner, Kind.QUOTA, "").forEach(quota -> judge(quota, limits, findings));
            limits.forEach(range -> judge(range, findings));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(
                        name(), "origins", "%d namespaces with cached volumes have room".formatted(owners.size())))
                : findings;
    }

    private void judge(JsonNode quota, List<JsonNode> limits, List<Finding> findings) {
        JsonNode hard = quota.at("/spec/hard");
        if (hard.has(UNSTATED) && limits.stream().noneMatch(OriginRoomCheck::fillsIn)) {
            findings.add(Finding.error(
                    name(),
                    "ResourceQuota " + Names.of(quota),
                    "expected a LimitRange with a default limit of cpu beside %s, found none: the pod of an origin, which states none, is refused"
                            .formatted(UNSTATED),
                    "add a LimitRange with default: {cpu: \"1\"} for containers to the namespace"));
        }
        for (String resource : PODS) {
            long limit = quota.at("/status/hard").path(resource).asLong();
            long used = quota.at("/status/used").path(resource).asLong();
            if (quota.at("/status/hard").has(resource) && used >= limit) {
                findings.add(Finding.warning(
                        name(),
                        "ResourceQuota " + Names.of(quota),
                        "expected room for the pod of an origin, found %d of %d %s in use"
                                .formatted(used, limit, resource),
                        "raise %s by one for each cached volume of the namespace".formatted(resource)));
            }
        }
    }

    private static boolean fillsIn(JsonNode range) {
        for (JsonNode limit : range.at("/spec/limits")) {
            if (limit.path("type").asText().equals("Container")
                    && (limit.path("default").has("cpu") || limit.path("max").has("cpu"))) {
                return true;
            }
        }
        return false;
    }

    private void judge(JsonNode range, List<Finding> findings) {
        for (JsonNode limit : range.at("/spec/limits")) {
            JsonNode most = limit.path("max").path("memory");
            if (most.isTextual() && bytes(new Quantity(most.asText())).compareTo(bytes(MEMORY)) < 0) {
                findings.add(Finding.error(
                        name(),
                        "LimitRange " + Names.of(range),
                        "expected a %s of the namespace to be let have %s of memory, as an origin does, found %s at most"
                                .formatted(limit.path("type").asText().toLowerCase(Locale.ROOT), MEMORY, most.asText()),
                        "raise max.memory to %s, or share the source from a namespace without such a limit"
                                .formatted(MEMORY)));
            }
        }
    }

    private static BigDecimal bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }
}
