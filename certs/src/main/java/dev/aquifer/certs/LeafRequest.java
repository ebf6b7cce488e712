package dev.aquifer.certs;

import java.time.Duration;
import java.util.Set;

/**
 * What a signer grants to a leaf: its names, its uses and how long it lives from the moment of signing. It is the
 * signer's decision alone: nothing in a certificate signing request adds to it.
 */
public record LeafRequest(LeafNames names, Set<LeafUse> uses, Duration lifetime) {
    /** Certificates count in whole seconds (RFC 5280 section 4.1.2.5). */
    public static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(1);

    public LeafRequest {
        uses = Set.copyOf(uses);
        if (uses.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one use (SERVER or CLIENT), found none");
        }
        if (lifetime.compareTo(SHORTEST_LIFETIME) < 0) {
            throw new IllegalArgumentException("Expected a lifetime of at least 1 s, found " + lifetime);
        }
    }
}
