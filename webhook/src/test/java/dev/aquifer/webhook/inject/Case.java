package dev.aquifer.webhook.inject;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.pod.MalformedPodException;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import dev.aquifer.webhook.json.NameCache;
import dev.aquifer.webhook.paths.RequiredPaths;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A pod, the namespace that it is made in and the shared volumes there are: the input of injection, as tests hold it. */
record Case(JsonNode pod, Tenant tenant, Catalog catalog, Injector injector) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    static final Catalog NO_VOLUMES = Catalog.of(List.of());
    private static final Injector INJECTOR = new Injector(true);

    Case(JsonNode pod, Tenant tenant, Catalog catalog) {
        this(pod, tenant, catalog, INJECTOR);
    }

    /**
     * Reads pod.yaml, namespace.yaml and volumes.yaml; the last two stand in the parent folder for all that lack them. A
     * folder with a file named selinux is of a cluster whose nodes enforce it, one with a file named old-server of one whose
     * API server does not know recursiveReadOnly.
     */
    static Case read(Path folder) throws IOException {
        return new Case(
                YAML.readTree(folder.resolve("pod.yaml").toFile()),
                tenant(YAML.readTree(own(folder, "namespace.yaml").toFile())),
                catalog(own(folder, "volumes.yaml")),
                new Injector(!Files.exists(folder.resolve("old-server")), Files.exists(folder.resolve("selinux"))));
    }

    private static Path own(Path folder, String name) {
        Path own = folder.resolve(name);
        return Files.exists(own) ? own : folder.resolveSibling(name);
    }

    private static Tenant tenant(JsonNode namespace) {
        JsonNode metadata = namespace.required("metadata");
        return new Tenant(
                metadata.required("name").textValue(),
                JSON.convertValue(
                        metadata.path("labels"),
                        JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class)),
                AcceptedOwners.parse(metadata.path("annotations")
                        .path("aquifer.dev/accept-from")
                        .textValue()));
    }

    static Catalog catalog(Path file) throws IOException {
        List<KnownVolume> volumes = new ArrayList<>();
        for (JsonNode volume : YAML.readTree(file.toFile()).required("items")) {
            JsonNode metadata = volume.required("metadata");
            SharedVolumeSpec spec = JSON.treeToValue(volume.required("spec"), SharedVolumeSpec.class);
            volumes.add(new KnownVolume(
                    metadata.required("namespace").textValue(),
                    metadata.required("name").textValue(),
                    metadata.path("uid").asText("uid-1"),
                    metadata.path("generation").asLong(1),
                    spec,
                    revisions(volume),
                    readyPaths(volume, spec),
                    effects(volume),
                    withheld(volume)));
        }
        return Catalog.of(volumes);
    }

    private static PairRevisions revisions(JsonNode volume) throws IOException {
        JsonNode revisions = volume.at("/status/revisions");
        return revisions.isMissingNode() ? PairRevisions.NONE : JSON.treeToValue(revisions, PairRevisions.class);
    }

    private static FileEffects effects(JsonNode volume) throws IOException {
        if (!volume.has("status")) {
            return FileEffects.UNKNOWN;
        }
        return JSON.readerFor(FileEffects.class)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(volume.path("status"));
    }

    private static List<Withheld> withheld(JsonNode volume) {
        return volume.at("/status/withheld")
                .valueStream()
                .map(one -> JSON.convertValue(one, Withheld.class))
                .toList();
    }

    /** Cases are of volumes whose directories are there, unless they say which are. */
    private static Set<String> readyPaths(JsonNode volume, SharedVolumeSpec spec) {
        JsonNode ready = volume.at("/status/readyPaths");
        return ready.isMissingNode()
                ? RequiredPaths.names(spec)
                : ready.valueStream().map(JsonNode::textValue).collect(Collectors.toSet());
    }

    Decision decide() {
        return injector.decide(tenant, parsed(pod), catalog);
    }

    /** What the guard says of the pod as it stands: one with ephemeral containers is taken for one that runs. */
    Decision guard() {
        Guard guard = new Guard(injector);
        Pod stored = parsed(pod);
        return stored.debuggers().isEmpty()
                ? guard.created(tenant, stored, catalog)
                : guard.debugged(tenant, stored, catalog);
    }

    /** The case with the pod as the API server holds it after the patch of this decision. */
    Case after(Decision decision) {
        return new Case(patched(decision), tenant, catalog, injector);
    }

    Case with(JsonNode otherPod) {
        return new Case(otherPod, tenant, catalog, injector);
    }

    JsonNode patched(Decision decision) {
        if (!(decision instanceof Admit admit) || admit.patch().length == 0) {
            return pod;
        }
        try {
            return JsonPatch.apply(JSON.readTree(admit.patch()), pod);
        } catch (IOException e) {
            throw new AssertionError("the patch is no JSON", e);
        }
    }

    static Pod parsed(JsonNode pod) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(pod);
            return Pod.read(new JsonReader(bytes, bytes.length, new NameCache()));
        } catch (IOException | MalformedJsonException | MalformedPodException e) {
            throw new AssertionError(e);
        }
    }
}
