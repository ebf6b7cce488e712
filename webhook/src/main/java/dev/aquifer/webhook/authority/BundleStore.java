package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;

/** Where node agents and origins find the trust bundle. */
interface BundleStore {
    PublishedBundle read();

    /**
     * Writes the bundle, if it still stands as it was seen.
     *
     * @return the bundle as it is after the write, or as it was seen when someone else was first
     */
    PublishedBundle publish(PublishedBundle seen, TrustBundle bundle);
}
