package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.Pem;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether node agents and origins trust the authority that the API server does: admission tells both. */
record AuthorityCheck(KubernetesObjects objects) implements Check {
    private static final String REMEDY =
            "see the log of the admission that leads: it writes the ConfigMap within moments of its start, if it may";

    @Override
    public String name() {
        return "authority";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        InstalledProgram.all(objects, "admission").forEach(admission -> findings.add(judge(admission)));
        return findings.isEmpty() ? List.of(Finding.ok(name(), "admission", "none is installed")) : findings;
    }

    private Finding judge(InstalledProgram admission) {
        String map = admission.option("--ca-config-map", "aquifer-authority");
        String subject = "ConfigMap %s/%s".formatted(admission.namespace(), map);
        JsonNode found = objects.find(Kind.CONFIG_MAP, admission.namespace(), map);
        List<X509Certificate> trusted;
        try {
            trusted = Pem.certificates(
                    found == null ? "" : found.path("data").path("ca.crt").asText());
        } catch (InvalidCertificate e) {
            return Finding.error(
                    name(),
                    subject,
                    "expected certificates in its ca.crt, found none: node agents and origins trust nobody",
                    REMEDY);
        }
        boolean agrees = serving(admission.name()).allMatch(trusted::contains);
        return agrees
                ? Finding.ok(name(), subject, "node agents and origins trust the authority that the API server trusts")
                : Finding.error(
                        name(),
                        subject,
                        "expected the authority that admission serves by, the first in the caBundle of its webhooks, found others: node agents and origins that start now trust none that admission has",
                        REMEDY);
    }

    /** The first of each caBundle signs; those that cannot be read are CertificateCheck's. */
    private Stream<X509Certificate> serving(String configuration) {
        return Stream.of(Kind.MUTATING_WEBHOOK, Kind.VALIDATING_WEBHOOK)
                .map(kind -> objects.find(kind, "", configuration))
                .flatMap(Stream::ofNullable)
                .flatMap(found -> found.path("webhooks").valueStream())
                .flatMap(webhook -> first(webhook.at("/clientConfig/caBundle").asText()));
    }

    private static Stream<X509Certificate> first(String bundle) {
        try {
            return CertificateCheck.read(bundle).stream().limit(1);
        } catch (InvalidCertificate | IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
