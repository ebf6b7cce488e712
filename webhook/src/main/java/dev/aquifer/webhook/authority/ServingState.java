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
 * @param published the bundle for node agents and origins, as it was last seen
 */
record ServingState(
        @Nullable IssuedCertificate leaf,
        List<WebhookConfiguration> configurations,
        PublishedBundle published,
        Custody custody) {
    static final ServingState STARTING = new ServingState(
            null,
            List.of(),
            PublishedBundle.NONE,
            new Custody(null, false, new Bad(Reason.STARTING, "The authority was not looked at yet")));

    ServingState {
        configurations = List.copyOf(configurations);
    }

    ServingState serving(IssuedCertificate next) {
        return new ServingState(next, configurations, published, custody);
    }

    ServingState seeing(List<WebhookConfiguration> seen) {
        return new ServingState(leaf, seen, published, custody);
    }

    ServingState seeing(PublishedBundle seen) {
        return new ServingState(leaf, configurations, seen, custody);
    }

    ServingState failing(Reason reason, RuntimeException e) {
        var health = new Bad(reason, String.valueOf(e.getMessage()));
        return new ServingState(
                leaf, configurations, published, new Custody(custody.authority(), custody.isFresh(), health));
    }
}
