package dev.aquifer.webhook.command.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.command.explain.Explainer;
import dev.aquifer.webhook.command.lookup.Conditions;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.command.nodes.Spread;
import dev.aquifer.webhook.command.status.StatusReport.Binding;
import dev.aquifer.webhook.command.status.StatusReport.OldPod;
import dev.aquifer.webhook.command.status.StatusReport.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how shared volumes stand from the objects that say so. */
public final class StatusReader {
    private static final List<Kind> SHOWN = List.of(Kind.SHARED_VOLUME, Kind.CLAIM, Kind.POD);

    /** As kubectl calls it. */
    private static final String TERMINATING = "Terminating";

    private static final String DELETING =
            "Deleting: it goes with its last binding; if it stays where no binder runs any more, see aquifer release";

    private final KubernetesObjects objects;
    private final @Nullable NodeCaches caches;
    private final Function<String, Explainer> explainers;

    /**
     * Reads these objects.
     *
     * @param caches of nodes; null where they are not asked
     * @param explainers who says what pods of a namespace would get today
     */
    public StatusReader(
            KubernetesObjects objects, @Nullable NodeCaches caches, Function<String, Explainer> explainers) {
        this.objects = objects;
        this.caches = caches;
        this.explainers = explainers;
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
        List<Binding> bindings = bindings(there);
        OldPods oldPods = new OldPods(objects, explainers);
        List<OldPod> old = oldPods.find(there);
        return new StatusReport(
                volumes.stream()
                        .map(volume -> volume(volume, agents))
                        .filter(volume -> there.test(volume.namespace()))
                        .sorted(Comparator.comparing(Volume::namespace).thenComparing(Volume::name))
                        .toList(),
                bindings,
                old,
                cached && namespace == null && caches != null ? caches.lookInside() : List.of(),
                Stream.concat(notes(namespace).stream(), oldPods.notes().stream())
                        .toList());
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
        return notes;
    }

    private static Volume volume(JsonNode object, int agents) {
        List<String> roles = new ArrayList<>();
        object.at("/spec/roles").forEach(role -> roles.add(role.path("name").asText()));
        JsonNode ready = Conditions.of(object, "Ready");
        if (object.at("/metadata").hasNonNull("deletionTimestamp")) {
            return volume(object, roles, agents, "False", DELETING);
        }
        boolean looked = !ready.isMissingNode();
        String message = looked ? ready.path("message").asText() : "no binder has looked at it yet";
        return volume(
                object,
                roles,
                agents,
                looked ? ready.path("status").asText() : "Unknown",
                Conditions.hold(ready) ? null : message);
    }

    private static Volume volume(
            JsonNode object, List<String> roles, int agents, String ready, @Nullable String message) {
        return new Volume(
                object.at("/metadata/namespace").asText(),
                object.at("/metadata/name").asText(),
                object.at("/spec/mountPath").asText(),
                object.at("/spec/readPath").asText("Direct"),
                roles,
                object.at("/status/boundNamespaces").asInt(),
                Spread.of(object, agents),
                ready,
                message);
    }

    /** Kubernetes leaves the phase of a claim that waits for its pods as it was. */
    private static String phase(JsonNode claim) {
        return claim.at("/metadata").hasNonNull("deletionTimestamp")
                ? TERMINATING
                : claim.at("/status/phase").asText("Pending");
    }

    private List<Binding> bindings(Predicate<String> there) {
        List<Binding> bindings = new ArrayList<>();
        for (JsonNode claim : objects.labelled(Kind.CLAIM, PairLabels.MANAGED_BY + "=" + PairLabels.BINDER)) {
            JsonNode metadata = claim.path("metadata");
            String namespace = metadata.path("namespace").asText();
            if (there.test(namespace)) {
                bindings.add(new Binding(
                        metadata.path("annotations").path(DesiredClaim.SOURCE).asText(),
                        namespace,
                        metadata.path("labels").path(PairLabels.MODE).asText(),
                        metadata.path("name").asText(),
                        phase(claim)));
            }
        }
        bindings.sort(Comparator.comparing(Binding::volume).thenComparing(Binding::namespace));
        return bindings;
    }
}
