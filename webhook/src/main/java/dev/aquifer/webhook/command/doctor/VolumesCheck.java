package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * What the conditions of SharedVolumes complain of: sources, handles, directories, caches.
 *
 * @param installed whether there is a binder that writes conditions
 */
record VolumesCheck(KubernetesObjects objects, boolean installed) implements Check {
    /** Of conditions that wait for SourceReady, and say no more than that. */
    private static final String CONSEQUENCE = "SourceNotReady";

    private static final String READY = "Ready";
    private static final String CONFLICT = "Conflict";

    @Override
    public String name() {
        return "volumes";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode volume : objects.all(Kind.SHARED_VOLUME)) {
            List<Finding> complaints = complaints(volume);
            findings.addAll(complaints.isEmpty() ? List.of(well(volume)) : complaints);
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(name(), "SharedVolumes", "there is none yet"));
        }
        return findings;
    }

    private Finding well(JsonNode volume) {
        return installed && volume.at("/status/conditions").isEmpty()
                ? Finding.warning(
                        name(),
                        subject(volume),
                        "expected conditions in its status, found none: no binder has looked at it",
                        "see that the binder runs: kubectl get lease -A and its log")
                : Finding.ok(name(), subject(volume), "nothing is wrong with it");
    }

    /** {@code Ready} sums the others up, so that it says something new only where they are silent. */
    private List<Finding> complaints(JsonNode volume) {
        List<Finding> complaints = new ArrayList<>();
        JsonNode ready = null;
        for (JsonNode condition : volume.at("/status/conditions")) {
            String type = condition.path("type").asText();
            boolean wrong = condition.path("status").asText().equals(type.equals(CONFLICT) ? "True" : "False");
            if (wrong && type.equals(READY)) {
                ready = condition;
            } else if (wrong && !condition.path("reason").asText().equals(CONSEQUENCE)) {
                complaints.add(complaint(volume, condition));
            }
        }
        if (complaints.isEmpty() && ready != null) {
            complaints.add(complaint(volume, ready));
        }
        return complaints;
    }

    private Finding complaint(JsonNode volume, JsonNode condition) {
        return Finding.error(
                name(),
                subject(volume),
                "%s: %s"
                        .formatted(
                                condition.path("reason").asText(),
                                condition.path("message").asText()),
                "its owner does what the sentence says; conditions follow within moments");
    }

    private static String subject(JsonNode volume) {
        return "SharedVolume " + Names.of(volume);
    }
}
