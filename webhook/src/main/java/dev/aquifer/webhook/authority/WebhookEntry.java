package dev.aquifer.webhook.authority;

import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.TrustBundle;
import java.util.List;

/**
 * One webhook of a configuration that leads to us.
 *
 * @param index its place in the configuration's list
 * @param host the name that the API server expects in our leaf
 * @param bundlePem what it trusts, as PEM; empty when nothing
 */
record WebhookEntry(int index, String host, String bundlePem) {

    /** What it trusts; nothing when that cannot be read, as the API server would then trust nothing. */
    TrustBundle bundle() {
        if (bundlePem.isBlank()) {
            return new TrustBundle(List.of());
        }
        try {
            return TrustBundle.read(bundlePem);
        } catch (InvalidCertificate e) {
            return new TrustBundle(List.of());
        }
    }
}
