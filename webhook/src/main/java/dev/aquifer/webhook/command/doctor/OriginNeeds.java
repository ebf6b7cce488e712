package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.origin.OriginResources;
import dev.aquifer.webhook.rest.ApiException;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the pod of an origin asks for and may take, held against what a namespace lets its pods have.
 *
 * @param limits by resource, such as memory
 * @param requests by resource
 */
record OriginNeeds(Map<String, Quantity> limits, Map<String, Quantity> requests) {
    /** Where nobody has said anything else. */
    static final OriginNeeds DEFAULT = of(OriginResources.DEFAULT);

    private static final List<String> RESOURCES = List.of("memory", "cpu");

    /**
     * What a quota wants every container to state, and an origin does not.
     *
     * @param key as the quota has it
     * @param kind limit or request
     */
    record Unstated(String key, String kind, String resource) {

        /** What a LimitRange has that states it for those that do not. */
        String example() {
            return "default%s: {%s: \"1%s\"}"
                    .formatted(kind.equals("limit") ? "" : "Request", resource, resource.equals("cpu") ? "" : "Gi");
        }

        private boolean isStatedBy(JsonNode limit) {
            return limit.path("type").asText().equals("Container")
                    && (limit.path("default").has(resource)
                            || limit.path("max").has(resource)
                            || (kind.equals("request")
                                    && (limit.path("defaultRequest").has(resource)
                                            || limit.path("min").has(resource))));
        }
    }

    /**
     * What an origin takes more of than it is let.
     *
     * @param type of what is limited: a container or a pod
     */
    record Excess(String type, String resource, Quantity wanted, String most) {}

    private static OriginNeeds of(ResourceRequirements resources) {
        return new OriginNeeds(
                Objects.requireNonNullElse(resources.getLimits(), Map.of()),
                Objects.requireNonNullElse(resources.getRequests(), Map.of()));
    }

    /** What the binder was told of them; the default where that is nothing, or cannot be read. */
    static OriginNeeds told(KubernetesObjects objects) {
        try {
            return InstalledProgram.all(objects, "binder").stream()
                    .map(binder -> binder.option("--origin-resources"))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(told -> of(OriginResources.parse(told)))
                    .orElse(DEFAULT);
        } catch (ApiException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            return DEFAULT;
        } catch (IllegalArgumentException unreadable) {
            return DEFAULT;
        }
    }

    /**
     * For which no LimitRange steps in.
     *
     * @param ranges those of the namespace
     */
    List<Unstated> unstated(JsonNode quota, List<JsonNode> ranges) {
        List<Unstated> unstated = new ArrayList<>();
        for (String resource : RESOURCES) {
            if (!limits.containsKey(resource)) {
                unstated.add(new Unstated("limits." + resource, "limit", resource));
                if (!requests.containsKey(resource)) {
                    unstated.add(new Unstated("requests." + resource, "request", resource));
                }
            }
        }
        return unstated.stream()
                .filter(one -> quota.at("/spec/hard").has(one.key()))
                .filter(one -> ranges.stream()
                        .flatMap(range -> range.at("/spec/limits").valueStream())
                        .noneMatch(one::isStatedBy))
                .toList();
    }

    /** What a LimitRange lets no container or no pod have. */
    List<Excess> excesses(JsonNode range) {
        List<Excess> excesses = new ArrayList<>();
        for (JsonNode limit : range.at("/spec/limits")) {
            for (String resource : RESOURCES) {
                Quantity wanted = most(resource);
                String most = limit.path("max").path(resource).asText();
                if (wanted != null && !most.isEmpty() && amount(new Quantity(most)) < amount(wanted)) {
                    String type = limit.path("type").asText().toLowerCase(Locale.ROOT);
                    excesses.add(new Excess(type, resource, wanted, most));
                }
            }
        }
        return excesses;
    }

    /** A container without a limit gets one of the LimitRange, which must not be below what it asks for. */
    private @Nullable Quantity most(String resource) {
        Quantity limit = limits.get(resource);
        return limit == null ? requests.get(resource) : limit;
    }

    private static double amount(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity).doubleValue();
    }
}
