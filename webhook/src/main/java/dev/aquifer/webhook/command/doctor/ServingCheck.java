package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Conditions;
import dev.aquifer.webhook.command.lookup.Installed;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.nodes.Measures;
import dev.aquifer.webhook.duration.DurationText;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the certificates are valid that replicas of admission serve by, as each measures its own. */
record ServingCheck(KubernetesObjects objects, ApiServer api, Clock clock) implements Check {
    private static final String EXPIRY = "aquifer_certificate_expiry_timestamp_seconds{use=\"leaf\"}";
    private static final String ADMISSION = "admission";
    private static final int PORT = 8080;

    /** How long certificates live where admission is told nothing else. */
    private static final String LIFE = "7d";

    @Override
    public String name() {
        return "serving";
    }

    @Override
    public List<Finding> run() {
        Map<String, Duration> lives = new TreeMap<>();
        InstalledProgram.all(objects, ADMISSION)
                .forEach(admission -> lives.put(admission.namespace(), life(admission)));
        List<Finding> findings = new ArrayList<>();
        List<ApiException> refusals = new ArrayList<>();
        lives.forEach((namespace, life) -> objects.within(namespace, Kind.POD, Installed.selector(ADMISSION)).stream()
                .filter(pod -> Conditions.hold(Conditions.of(pod, "Ready")))
                .map(pod -> look(pod, life, refusals))
                .forEach(findings::add));
        // one replica alone may answer so by itself
        if (!refusals.isEmpty() && refusals.size() == findings.size()) {
            throw refusals.getFirst();
        }
        return findings.isEmpty() ? List.of(Finding.ok(name(), ADMISSION, "no replica is ready")) : findings;
    }

    /** How long its certificates live: as without an option, where that cannot be read. */
    private static Duration life(InstalledProgram admission) {
        try {
            return DurationText.parse(admission.option("--leaf-lifetime", LIFE));
        } catch (IllegalArgumentException e) {
            return DurationText.parse(LIFE);
        }
    }

    private Finding look(JsonNode pod, Duration life, List<ApiException> refusals) {
        String subject = "pod " + Names.of(pod);
        try {
            String path = Measures.path(
                    pod.at("/metadata/namespace").asText(),
                    pod.at("/metadata/name").asText(),
                    PORT);
            return judge(subject, Measures.parse(api.text(path)), life);
        } catch (ApiException e) {
            if (e.isForbidden()) {
                refusals.add(e);
            }
            return Finding.warning(
                    name(),
                    subject,
                    "could not ask for its certificate: " + e.getMessage(),
                    "see that network policies let the API server reach port %d of admission".formatted(PORT));
        }
    }

    private Finding judge(String subject, Measures measures, Duration life) {
        String remedy = "see its log for failing renewals, and delete the pod if the log says nothing";
        if (!measures.has(EXPIRY)) {
            return Finding.error(name(), subject, "expected a certificate to serve by, found none", remedy);
        }
        Instant end = Instant.ofEpochSecond(measures.of(EXPIRY));
        Instant now = clock.instant();
        if (!end.isAfter(now)) {
            return Finding.error(name(), subject, "the certificate that it serves by has expired at " + end, remedy);
        }
        String message = "the certificate that it serves by is valid until " + end;
        return Expiry.SERVING.isSoon(end, life, now)
                ? Finding.warning(name(), subject, message + ": it should have been renewed", remedy)
                : Finding.ok(name(), subject, message);
    }
}
