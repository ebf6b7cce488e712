package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.source.HandleRule;
import dev.aquifer.webhook.binding.source.HandleRule.Treatment;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether two volumes of a CSI driver have one handle: kubelet takes them for one, and pods wait for ever without an event. */
record HandlesCheck(KubernetesObjects objects) implements Check {
    @Override
    public String name() {
        return "handles";
    }

    @Override
    public List<Finding> run() {
        HandleRules rules;
        try {
            rules = rules();
        } catch (IllegalArgumentException e) {
            return List.of(Finding.error(
                    name(),
                    "rules of the binder",
                    String.valueOf(e.getMessage()),
                    "mend binder.handleRules of the chart"));
        }
        Map<String, List<JsonNode>> byHandle = new TreeMap<>();
        for (JsonNode volume : objects.all(Kind.PERSISTENT_VOLUME)) {
            JsonNode csi = volume.at("/spec/csi");
            if (csi.isObject()) {
                byHandle.computeIfAbsent(
                                csi.path("driver").asText() + " "
                                        + csi.path("volumeHandle").asText(),
                                handle -> new ArrayList<>())
                        .add(volume);
            }
        }
        List<Finding> findings = byHandle.values().stream()
                .filter(same -> same.size() > 1 && !isBorne(same.getFirst(), rules))
                .map(this::shared)
                .toList();
        return findings.isEmpty()
                ? List.of(Finding.ok(
                        name(),
                        "volumes of CSI drivers",
                        "each of %d has a handle of its own"
                                .formatted(byHandle.values().stream()
                                        .mapToInt(List::size)
                                        .sum())))
                : findings;
    }

    /** Those that come with the program, and those that the running binder was told beside them. */
    private HandleRules rules() {
        HandleRules rules = HandleRules.known();
        for (InstalledProgram binder : InstalledProgram.all(objects, "binder")) {
            String told = binder.option("--handle-rules");
            if (told != null) {
                rules = rules.and(HandleRules.parse(told));
            }
        }
        return rules;
    }

    private static boolean isBorne(JsonNode volume, HandleRules rules) {
        HandleRule rule = rules.drivers().get(volume.at("/spec/csi/driver").asText());
        return rule != null && rule.handle() == Treatment.Same;
    }

    private Finding shared(List<JsonNode> volumes) {
        JsonNode csi = volumes.getFirst().at("/spec/csi");
        return Finding.error(
                name(),
                "PersistentVolumes " + volumes.stream().map(Names::of).collect(Collectors.joining(", ")),
                "expected a handle for each, found '%s' of driver %s for all: where pods of one node use two of them, they share a mount or hang"
                        .formatted(
                                csi.path("volumeHandle").asText(),
                                csi.path("driver").asText()),
                "keep one of them, and share that by a SharedVolume; make no PersistentVolume by copying another");
    }
}
