package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A pod that is asked for in order to learn what would become of it. */
final class TrialPod {
    private TrialPod() {}

    /**
     * The pod without what belongs to one that is there already: another of its name may be.
     *
     * @param kind of what it is a pod or a template of
     * @param name of that; empty without one
     */
    static ObjectNode of(String kind, String name, ObjectNode pod) {
        ObjectNode trial = JsonNodeFactory.instance.objectNode();
        trial.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = trial.putObject("metadata").put("generateName", name.isEmpty() ? "pod-" : name + "-");
        for (String kept : List.of("labels", "annotations")) {
            if (pod.path("metadata").has(kept)) {
                metadata.set(kept, pod.path("metadata").path(kept));
            }
        }
        if (pod.path("spec") instanceof ObjectNode written) {
            ObjectNode spec = written.deepCopy();
            spec.remove(List.of("nodeName", "ephemeralContainers"));
            if (kind.equals("StatefulSet")) {
                addClaims(spec, name);
            }
            trial.set("spec", spec);
        }
        return trial;
    }

    /** What the pods of a StatefulSet have beside its template: claims of their own, which mounts name already. */
    private static void addClaims(ObjectNode spec, String set) {
        Set<String> claims = new TreeSet<>();
        for (String uses : List.of("volumeMounts", "volumeDevices")) {
            for (String containers : List.of("initContainers", "containers")) {
                spec.path(containers)
                        .forEach(container -> container
                                .path(uses)
                                .forEach(use -> claims.add(use.path("name").asText())));
            }
        }
        spec.path("volumes").forEach(volume -> claims.remove(volume.path("name").asText()));
        for (String claim : claims) {
            spec.withArrayProperty("volumes")
                    .addObject()
                    .put("name", claim)
                    .putObject("persistentVolumeClaim")
                    .put("claimName", claim + "-" + set + "-0");
        }
    }
}
