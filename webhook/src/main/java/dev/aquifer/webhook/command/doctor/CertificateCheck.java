package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.Pem;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/** Whether webhook configurations trust authorities that are valid, and go on being so for a while. */
record CertificateCheck(KubernetesObjects objects, Clock clock) implements Check {
    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        for (Kind kind : List.of(Kind.MUTATING_WEBHOOK, Kind.VALIDATING_WEBHOOK)) {
            objects.labelled(kind, "aquifer.dev/inject-ca=true")
                    .forEach(configuration -> check(
                            configuration,
                            "see the log of the admission that leads: it writes the caBundle within moments of its"
                                    + " start",
                            findings));
            objects.labelled(kind, "aquifer.dev/inject-ca=false")
                    .forEach(configuration -> check(
                            configuration,
                            "see that cert-manager's cainjector runs, and kubectl describe certificate: it writes the"
                                    + " caBundle",
                            findings));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.error(
                    name(),
                    "webhooks",
                    "expected webhook configurations with the label aquifer.dev/inject-ca, found none",
                    "install the chart's cluster parts"));
        }
        return findings;
    }

    private void check(JsonNode configuration, String writer, List<Finding> findings) {
        for (JsonNode webhook : configuration.path("webhooks")) {
            findings.add(check(
                    "webhook " + webhook.path("name").asText(),
                    webhook.at("/clientConfig/caBundle").asText(),
                    writer));
        }
    }

    private Finding check(String subject, String bundle, String writer) {
        if (bundle.isEmpty()) {
            return Finding.error(
                    name(), subject, "expected a caBundle, found none: the API server trusts nobody there", writer);
        }
        List<X509Certificate> authorities;
        try {
            authorities = read(bundle);
        } catch (InvalidCertificate | IllegalArgumentException e) {
            return Finding.error(
                    name(),
                    subject,
                    "expected certificates in PEM in its caBundle, found something else: " + e.getMessage(),
                    "take the caBundle out: kubectl edit the configuration; then " + writer);
        }
        return judge(
                subject,
                authorities.stream()
                        .max(Comparator.comparing(X509Certificate::getNotAfter))
                        .orElseThrow(),
                writer);
    }

    private Finding judge(String subject, X509Certificate authority, String remedy) {
        Instant now = clock.instant();
        Instant end = authority.getNotAfter().toInstant();
        Duration life = Duration.between(authority.getNotBefore().toInstant(), end);
        if (!end.isAfter(now)) {
            return Finding.error(
                    name(), subject, "the authority that the API server trusts has expired at " + end, remedy);
        }
        long days = Duration.between(now, end).toDays();
        String message = "the authority that the API server trusts is valid until %s, %d days".formatted(end, days);
        return Expiry.AUTHORITY.isSoon(end, life, now)
                ? Finding.warning(name(), subject, message + ": it should have been renewed", remedy)
                : Finding.ok(name(), subject, message);
    }

    /** @throws IllegalArgumentException when it is no Base64 */
    static List<X509Certificate> read(String bundle) {
        return Pem.certificates(new String(Base64.getMimeDecoder().decode(bundle), StandardCharsets.UTF_8));
    }
}
