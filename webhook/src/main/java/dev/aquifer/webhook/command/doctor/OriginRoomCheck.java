package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether quotas and limits of owners' namespaces let the origins of their cached volumes run. */
record OriginRoomCheck(KubernetesObjects objects) implements Check {
    private static final Set<String> PODS = Set.of("pods", "count/pods", "count/deployments.apps");

    @Override
    public String name() {
        return "origin-room";
    }

    @Override
    public List<Finding> run() {
        Map<String, List<JsonNode>> owners = objects.all(Kind.SHARED_VOLUME).stream()
                .filter(SharedVolumes::isCached)
                .collect(Collectors.groupingBy(
                        volume -> volume.at("/metadata/namespace").asText(), TreeMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        OriginNeeds needs = owners.isEmpty() ? OriginNeeds.DEFAULT : OriginNeeds.told(objects);
        owners.forEach((owner, volumes) -> {
            List<JsonNode> limits = objects.within(owner, Kind.LIMIT_RANGE, "");
            List<JsonNode> quotas = objects.within(owner, Kind.QUOTA, "");
            quotas.forEach(quota -> needs.unstated(quota, limits).forEach(one -> findings.add(refused(quota, one))));
            List<Finding> full = new ArrayList<>();
            quotas.forEach(quota -> room(quota, full));
            if (!full.isEmpty() && !haveOrigins(owner, volumes)) {
                findings.addAll(full);
            }
            limits.forEach(range -> needs.excesses(range).forEach(excess -> findings.add(tooLittle(range, excess))));
        });
        return findings.isEmpty()
                ? List.of(Finding.ok(
                        name(), "origins", "%d namespaces with cached volumes have room".formatted(owners.size())))
                : findings;
    }

    private Finding refused(JsonNode quota, OriginNeeds.Unstated unstated) {
        return Finding.error(
                name(),
                "ResourceQuota " + Names.of(quota),
                "expected a LimitRange with a default %s of %s beside %s, found none: the pod of an origin, which states none, is refused"
                        .formatted(unstated.kind(), unstated.resource(), unstated.key()),
                "add a LimitRange with %s for containers to the namespace".formatted(unstated.example()));
    }

    /** Whether the origins of all these volumes run, so that what is in use of a quota is so with them. */
    private boolean haveOrigins(String owner, List<JsonNode> volumes) {
        Set<String> running = objects.within(owner, Kind.DEPLOYMENT, "").stream()
                .filter(deployment -> deployment.at("/status/replicas").asInt() > 0)
                .map(deployment -> deployment.at("/metadata/name").asText())
                .collect(Collectors.toSet());
        return volumes.stream()
                .map(volume -> volume.path("metadata"))
                .allMatch(volume -> running.contains(Dataset.originOf(
                        owner, volume.path("name").asText(), volume.path("uid").asText())));
    }

    private void room(JsonNode quota, List<Finding> findings) {
        for (String resource : PODS) {
            Allowance pods = Allowance.of(quota, resource);
            if (pods != null && pods.lacks(BigDecimal.ONE)) {
                findings.add(Finding.warning(
                        name(),
                        "ResourceQuota " + Names.of(quota),
                        "expected room for the pod of an origin, found %s of %s %s in use"
                                .formatted(pods.used(), pods.limit(), resource),
                        "raise %s by one for each cached volume of the namespace".formatted(resource)));
            }
        }
    }

    private Finding tooLittle(JsonNode range, OriginNeeds.Excess excess) {
        return Finding.error(
                name(),
                "LimitRange " + Names.of(range),
                "expected a %s of the namespace to be let have %s of %s, as an origin does, found %s at most"
                        .formatted(excess.type(), excess.wanted(), excess.resource(), excess.most()),
                "raise max.%s to %s, or share the source from a namespace without such a limit"
                        .formatted(excess.resource(), excess.wanted()));
    }
}
