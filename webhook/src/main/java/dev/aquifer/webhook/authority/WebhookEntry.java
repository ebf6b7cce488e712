package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;

/**
 * One webhook of a configuration that leads to us.
 *
 * @param index its place in the configuration's list
 * @param host the name that the API server expects in our leaf
 * @param bundlePem what it trusts, as PEM; empty when nothing
 */
record WebhookEntry(int index, String host, String bundlePem) {

    /** What it trusts. */
    TrustBundle bundle() {
        return PublishedBundle.parse(bundlePem);
    }
}
