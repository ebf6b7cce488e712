package dev.aquifer.webhook.authority;

import dev.aquifer.certs.IssuedCertificate;

/** Serves a leaf. */
@FunctionalInterface
public interface LeafConsumer {
    /**
     * Serves this leaf to new connections from now on, without dropping the open ones. Returns when that is so, and
     * throws when it cannot be; then it is called again soon with another leaf. Called on a virtual thread, which may
     * block, and never twice at once.
     *
     * @param leaf whose key and chain belong together
     */
    void accept(IssuedCertificate leaf);
}
