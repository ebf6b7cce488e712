package dev.aquifer.webhook.inject.pod;

import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a pod in one pass over its bytes. */
final class PodReader {
    static final String OS_LABEL = "kubernetes.io/os";

    private final JsonCursor json;
    private boolean hasMetadata;
    private boolean hasAnnotations;
    private String name = "";
    private boolean hasSpec;
    private boolean hasVolumes;
    private Map<String, String> labels = Map.of();
    private Map<String, String> annotations = Map.of();
    private String serviceAccount = "";
    private String deprecatedServiceAccount = "";
    private boolean windows;
    private boolean fsGroup;
    private @Nullable String seLinuxLevel;
    private List<PodVolume> volumes = List.of();
    private List<Container> initContainers = List.of();
    private List<Container> containers = List.of();
    private List<Container> debuggers = List.of();

    PodReader(JsonReader reader) {
        this.json = new JsonCursor(reader);
    }

    Pod read() throws MalformedJsonException, MalformedPodException {
        json.members(this::podMember);
        if (!hasSpec) {
            throw new MalformedPodException("the pod has no spec");
        }
        List<Container> all = new ArrayList<>(initContainers.size() + containers.size());
        all.addAll(initContainers);
        all.addAll(containers);
        return new Pod(
                hasMetadata,
                hasAnnotations,
                hasVolumes,
                name,
                labels,
                annotations,
                serviceAccount(),
                windows,
                fsGroup,
                seLinuxLevel == null ? "" : seLinuxLevel,
                volumes,
                all,
                debuggers);
    }

    /** The name that the API server would default to: the old field counts where the new one is not set. */
    private String serviceAccount() {
        if (!serviceAccount.isEmpty()) {
            return serviceAccount;
        }
        return deprecatedServiceAccount.isEmpty() ? "default" : deprecatedServiceAccount;
    }

    private void podMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "metadata" -> hasMetadata = json.members(this::metadataMember);
            case "spec" -> hasSpec = json.members(this::specMember);
            default -> json.skip();
        }
    }

    private void metadataMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "name" -> name = json.string();
            case "labels" -> labels = json.strings();
            case "annotations" -> {
                hasAnnotations = !json.atNull();
                annotations = json.strings();
            }
            default -> json.skip();
        }
    }

    private void specMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "serviceAccountName" -> serviceAccount = json.string();
            case "serviceAccount" -> deprecatedServiceAccount = json.string();
            case "os" -> windows |= "windows".equals(json.strings().get("name"));
            case "nodeSelector" -> windows |= "windows".equals(json.strings().get(OS_LABEL));
            case "affinity" -> windows |= WindowsAffinity.in(json);
            case "volumes" -> {
                hasVolumes = !json.atNull();
                volumes = json.items(index -> new PodVolumeReader(json).read());
            }
            case "initContainers" -> initContainers = containers("/spec/initContainers/");
            case "containers" -> containers = containers("/spec/containers/");
            case "securityContext" -> json.members(this::securityMember);
            case "ephemeralContainers" -> debuggers = containers("/spec/ephemeralContainers/");
            default -> json.skip();
        }
    }

    private void securityMember(String member) throws MalformedJsonException, MalformedPodException {
        if (member.equals("seLinuxOptions")) {
            seLinuxLevel = SeLinuxOptionsReader.level(json);
            return;
        }
        if (member.equals("fsGroup")) {
            fsGroup = !json.atNull();
        }
        json.skip();
    }

    private List<Container> containers(String pointer) throws MalformedJsonException, MalformedPodException {
        return json.items(index -> new ContainerReader(json).read(pointer + index));
    }
}
