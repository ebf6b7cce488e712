package dev.aquifer.webhook.command.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.binding.PairLabels;
import dev.aquifer.webhook.command.lookup.Conditions;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Objects;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.command.nodes.Spread;
import dev.aquifer.webhook.command.status.StatusReport.Binding;
import dev.aquifer.webhook.command.status.StatusReport.OldPod;
import dev.aquifer.webhook.command.status.StatusReport.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how shared volumes stand from the objects that say so. */
public final class StatusReader {
    private static final String ANSWER = "aquifer.dev/injected";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final List<Kind> SHOWN = List.of(Kind.SHARED_VOLUME, Kind.CLAIM, Kind.POD);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Objects objects;
    private final @Nullable NodeCaches caches;

    /**
     * Reads these objects.
     *
     * @param caches of nodes; null where they are not asked
     */
    public StatusReader(Objects objects, @Nullable NodeCaches caches) {
        this.objects = objects;
        this.caches = caches;
    }

    /**
     * The report.
     *
     * @param namespace those owned, used and running there only; null for all
     */
    public StatusReport read(@Nullable String namespace) {
        Predicate<String> there = one -> namespace == null || namespace.equals(one);
        List<JsonNode> volumes = objects.all(Kind.SHARED_VOLUME);
        boolean cached = volumes.stream().anyMatch(SharedVolumes::isCached);
        int agents = cached ? Spread.agents(objects) : 0;
        Map<String, Long> generations = new HashMap<>();
        volumes.forEach(volume ->
                generations.put(key(volume), volume.at("/metadata/generation").asLong()));
        List<Binding> bindings = bindings(there);
        List<OldPod> oldPods = oldPods(there, generations);
        return new StatusReport(
                volumes.stream()
                        .map(volume -> volume(volume, agents))
                        .filter(volume -> there.test(volume.namespace()))
                        .sorted(Comparator.comparing(Volume::namespace).thenComparing(Volume::name))
                        .toList(),
                bindings,
                oldPods,
                cached && namespace == null && caches != null ? caches.look() : List.of(),
                notes(namespace));
    }

    private List<String> notes(@Nullable String namespace) {
        List<String> notes = new ArrayList<>();
        List<Kind> refused =
                SHOWN.stream().filter(kind -> objects.only(kind) != null).toList();
        if (namespace == null && !refused.isEmpty()) {
            notes.add("you may not list %s of all namespaces: those of namespace %s alone are shown"
                    .formatted(
                            refused.stream().map(kind -> kind.text() + "s").collect(Collectors.joining(", ")),
                            objects.only(refused.getFirst())));
        }
        if (objects.only(Kind.SHARED_VOLUME) != null) {
            notes.add(
                    "you may not see other namespaces' SharedVolumes: whether pods have their last revision is not known"
                            + " (aquifer explain pod/NAME says what a new pod would get)");
        }
        return notes;
    }

    private static Volume volume(JsonNode object, int agents) {
        List<String> roles = new ArrayList<>();
        object.at("/spec/roles").forEach(role -> roles.add(role.path("name").asText()));
        JsonNode ready = Conditions.of(object, "Ready");
        boolean looked = !ready.isMissingNode();
        String message = looked ? ready.path("message").asText() : "no binder has looked at it yet";
        return new Volume(
                object.at("/metadata/namespace").asText(),
                object.at("/metadata/name").asText(),
                object.at("/spec/mountPath").asText(),
                object.at("/spec/readPath").asText("Direct"),
                roles,
                object.at("/status/boundNamespaces").asInt(),
                Spread.of(object, agents),
                looked ? ready.path("status").asText() : "Unknown",
                Conditions.hold(ready) ? null : message);
    }

    private List<Binding> bindings(Predicate<String> there) {
        List<Binding> bindings = new ArrayList<>();
        for (JsonNode claim : objects.labelled(Kind.CLAIM, PairLabels.MANAGED_BY + "=" + PairLabels.BINDER)) {
            JsonNode metadata = claim.path("metadata");
            String namespace = metadata.path("namespace").asText();
            if (there.test(namespace)) {
                bindings.add(new Binding(
                        metadata.path("annotations").path("aquifer.dev/source").asText(),
                        namespace,
                        metadata.path("labels").path("aquifer.dev/mode").asText(),
                        metadata.path("name").asText(),
                        claim.at("/status/phase").asText("Pending")));
            }
        }
        bindings.sort(Comparator.comparing(Binding::volume).thenComparing(Binding::namespace));
        return bindings;
    }

    private List<OldPod> oldPods(Predicate<String> there, Map<String, Long> generations) {
        List<OldPod> old = new ArrayList<>();
        for (JsonNode pod : objects.all(Kind.POD)) {
            String namespace = pod.at("/metadata/namespace").asText();
            if (there.test(namespace) && !ENDED.contains(pod.at("/status/phase").asText())) {
                answer(pod).properties().forEach(volume -> {
                    JsonNode given = volume.getValue();
                    Long current = generations.get(volume.getKey());
                    boolean gone = current == null && objects.only(Kind.SHARED_VOLUME) == null;
                    if (given.has("revision")
                            && (gone
                                    || (current != null
                                            && given.path("revision").asLong() != current))) {
                        old.add(new OldPod(
                                namespace,
                                pod.at("/metadata/name").asText(),
                                volume.getKey(),
                                given.path("role").asText(),
                                given.path("revision").asLong(),
                                current));
                    }
                });
            }
        }
        return old;
    }

    private static JsonNode answer(JsonNode pod) {
        try {
            return JSON.readTree(
                    pod.path("metadata").path("annotations").path(ANSWER).asText("{}"));
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static String key(JsonNode volume) {
        return volume.at("/metadata/namespace").asText() + "/"
                + volume.at("/metadata/name").asText();
    }
}
