package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import java.util.List;

/** The webhook configurations that carry our label. */
interface WebhookConfigurations {
    List<WebhookConfiguration> list();

    /**
     * Writes the bundle into those entries that differ from it, if the configuration is still at its version.
     *
     * @return the configuration as it is after the write, or as it was seen when someone else was first
     */
    WebhookConfiguration publish(WebhookConfiguration configuration, TrustBundle bundle);
}
