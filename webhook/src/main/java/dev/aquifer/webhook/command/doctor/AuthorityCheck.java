package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.Pem;
import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.command.lookup.InstalledProgram;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether node agents and origins trust the authority that the API server does: admission tells both. */
record AuthorityCheck(KubernetesObjects objects, InstantSource clock) implements Check {
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
        if (bundles(admission.name()).allMatch(bundle -> agrees(bundle, trusted))) {
            return Finding.ok(
                    name(), subject, "node agents and origins trust the authority that the API server trusts");
        }
        if (trusted.stream().anyMatch(AuthorityCheck::isBelowAnother)) {
            return Finding.ok(
                    name(),
                    subject,
                    "node agents and origins trust an authority that another has signed: that the API server trusts it too can only be asked of admission, which serving and reachability do");
        }
        return Finding.error(
                name(),
                subject,
                "expected the authority that admission serves by, the first in the caBundle of its webhooks, found others: node agents and origins that start now trust none that admission has",
                REMEDY);
    }

    private static boolean isBelowAnother(X509Certificate authority) {
        return !authority.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    }

    /** The first of a caBundle signs, or has signed the authority that does, where another issues it. */
    private boolean agrees(List<X509Certificate> bundle, List<X509Certificate> trusted) {
        X509Certificate first = bundle.getFirst();
        return trusted.contains(first)
                || trusted.stream().anyMatch(authority -> isBelow(authority, new TrustBundle(List.of(first))));
    }

    private boolean isBelow(X509Certificate authority, TrustBundle bundle) {
        try {
            bundle.verify(List.of(authority), clock.instant());
            return true;
        } catch (InvalidCertificate e) {
            return false;
        }
    }

    /** Those that cannot be read are CertificateCheck's. */
    private Stream<List<X509Certificate>> bundles(String configuration) {
        return Stream.of(Kind.MUTATING_WEBHOOK, Kind.VALIDATING_WEBHOOK)
                .map(kind -> objects.find(kind, "", configuration))
                .flatMap(Stream::ofNullable)
                .flatMap(found -> found.path("webhooks").valueStream())
                .flatMap(webhook -> read(webhook.at("/clientConfig/caBundle").asText()));
    }

    private static Stream<List<X509Certificate>> read(String bundle) {
        try {
            return Stream.of(CertificateCheck.read(bundle));
        } catch (InvalidCertificate | IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
