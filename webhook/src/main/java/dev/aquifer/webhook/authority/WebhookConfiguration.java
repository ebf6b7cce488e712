package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import java.util.List;

/**
 * A labelled webhook configuration, as far as it leads to us.
 *
 * @param ours whether its caBundle fields are ours to write; another does it else
 * @param version for compare-and-set
 */
record WebhookConfiguration(Kind kind, String name, boolean ours, String version, List<WebhookEntry> entries) {
    enum Kind {
        MUTATING,
        VALIDATING
    }

    WebhookConfiguration {
        entries = List.copyOf(entries);
    }

    List<WebhookEntry> entriesWithout(TrustBundle bundle) {
        var pem = bundle.pem();
        return entries.stream().filter(entry -> !entry.bundlePem().equals(pem)).toList();
    }
}
