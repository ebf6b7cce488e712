package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Conditions;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.Objects;
import dev.aquifer.webhook.command.nodes.Measures;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Whether the certificates are valid that replicas of admission serve by, as each measures its own. */
public record ServingCheck(Objects objects, ApiServer api, Clock clock) implements Check {
    private static final String EXPIRY = "aquifer_certificate_expiry_timestamp_seconds{use=\"leaf\"}";
    private static final String ADMISSION = "admission";

    @Override
    public String name() {
        return "serving";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = InstalledProgram.all(objects, ADMISSION).stream()
                .map(InstalledProgram::namespace)
                .distinct()
                .flatMap(namespace ->
                        objects.within(namespace, Kind.POD, InstalledProgram.selector(ADMISSION)).stream())
                .filter(pod -> Conditions.hold(Conditions.of(pod, "Ready")))
                .map(this::look)
                .toList();
        return findings.isEmpty() ? List.of(Finding.ok(name(), ADMISSION, "no replica is ready")) : findings;
    }

    private Finding look(JsonNode pod) {
        String subject = "pod " + Names.of(pod);
        try {
            String metrics = api.text("/api/v1/namespaces/%s/pods/%s:8080/proxy/metrics"
                    .formatted(
                            pod.at("/metadata/namespace").asText(),
                            pod.at("/metadata/name").asText()));
            return judge(subject, Measures.parse(metrics));
        } catch (ApiException e) {
            if (e.isForbidden()) {
                throw e;
            }
            return Finding.warning(
                    name(),
                    subject,
                    "could not ask for its certificate: " + e.getMessage(),
                    "see that network policies let the API server reach port 8080 of admission");
        }
    }

    private Finding judge(String subject, Measures measures) {
        String remedy = "see its log for failing renewals, and delete the pod if the log says nothing";
        if (!measures.has(EXPIRY)) {
            return Finding.error(name(), subject, "expected a certificate to serve by, found none", remedy);
        }
        Instant end = Instant.ofEpochSecond(measures.of(EXPIRY));
        return end.isAfter(clock.instant())
                ? Finding.ok(name(), subject, "the certificate that it serves by is valid until " + end)
                : Finding.error(
                        name(), subject, "the certificate that it serves by has expired at %s".formatted(end), remedy);
    }
}
