package dev.aquifer.webhook.authority;

import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Good;
import dev.aquifer.webhook.authority.Condition.Reason;
import dev.aquifer.webhook.authority.WebhookConfiguration.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the API server, configured like this, would accept what this replica serves. Pure. */
final class Acceptance {
    private Acceptance() {}

    static Condition of(@Nullable IssuedCertificate leaf, List<WebhookConfiguration> configurations, Instant now) {
        if (leaf == null) {
            return new Bad(Reason.NO_LEAF, "Expected a leaf certificate to serve, found none made yet");
        }
        if (configurations.stream()
                .noneMatch(configuration -> configuration.kind() == Kind.MUTATING
                        && !configuration.entries().isEmpty())) {
            return new Bad(
                    Reason.NO_CONFIGURATION,
                    "Expected a MutatingWebhookConfiguration with the label %s=true that leads to this Service, found none; install the chart"
                            .formatted(Labels.INJECT_CA));
        }
        for (var configuration : configurations) {
            for (var entry : configuration.entries()) {
                try {
                    entry.bundle().verifyServer(leaf.chain(), entry.host(), now);
                } catch (InvalidCertificate e) {
                    return new Bad(
                            Reason.NOT_TRUSTED,
                            "Webhook %d of the %s configuration '%s' would not accept this replica's leaf: %s"
                                    .formatted(
                                            entry.index(),
                                            configuration.kind().name().toLowerCase(Locale.ROOT),
                                            configuration.name(),
                                            e.getMessage()));
                }
            }
        }
        return new Good();
    }
}
