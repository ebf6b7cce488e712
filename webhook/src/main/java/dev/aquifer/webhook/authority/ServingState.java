package dev.aquifer.webhook.authority;

import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look found, for those who ask in between.
 *
 * @param leaf what is served
 * @param configurations as they were last seen
 */
record ServingState(@Nullable IssuedCertificate leaf, List<WebhookConfiguration> configurations, Custody custody) {
    static final ServingState STARTING = new ServingState(
            null, List.of(), new Custody(null, false, new Bad(Reason.STARTING, "The authority was not looked at yet")));

    ServingState {
        configurations = List.copyOf(configurations);
    }

    ServingState serving(IssuedCertificate next) {
        return new ServingState(next, configurations, custody);
    }

    ServingState seeing(List<WebhookConfiguration> seen) {
        return new ServingState(leaf, seen, custody);
    }

    ServingState failing(Reason reason, RuntimeException e) {
        var health = new Bad(reason, String.valueOf(e.getMessage()));
        return new ServingState(leaf, configurations, new Custody(custody.authority(), custody.isFresh(), health));
    }
}
