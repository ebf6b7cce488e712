package dev.aquifer.webhook.authority;

import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.InvalidCertificate.Problem;
import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.certs.Renewal;
import dev.aquifer.certs.TrustBundle;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a replica needs another leaf, and that leaf. None lives longer than one leaf lifetime after its authority was last
 * read: whoever reads late cannot outlive the time for which a retired authority is still trusted.
 */
final class Leaves {
    private final ServedNames names;
    private final AuthoritySettings settings;

    Leaves(ServedNames names, AuthoritySettings settings) {
        this.names = names;
        this.settings = settings;
    }

    /**
     * The leaf to serve instead of the present one; null when that is still right, or no better one can be made.
     *
     * @throws InvalidCertificate when the authority cannot sign now
     */
    @Nullable IssuedCertificate replacement(@Nullable IssuedCertificate present, CurrentAuthority authority, Instant now) {
        if (present == null || !isSignedByCurrent(present, authority.state(), now)) {
            return issue(authority, now);
        }
        if (!Renewal.isDue(present.leaf(), now)) {
            return null;
        }
        var next = issue(authority, now);
        // near its authority's end a leaf is due again and again, and gains nothing
        return next != null && next.notAfter().isAfter(present.notAfter()) ? next : null;
    }

    /**
     * A leaf of somebody else's key, for a server and client.
     *
     * @throws InvalidCertificate when the authority cannot sign now, or was read too long ago
     */
    X509Certificate sign(CurrentAuthority authority, PublicKey key, LeafNames holder, Duration longest, Instant now) {
        var safe = lifetime(authority, now);
        var lifetime = safe.compareTo(longest) < 0 ? safe : longest;
        if (lifetime.compareTo(LeafRequest.SHORTEST_LIFETIME) < 0) {
            throw new InvalidCertificate(
                    Problem.EXPIRED,
                    "Expected an authority that was read within %s, found one read at %s"
                            .formatted(settings.leafLifetime(), authority.readAt()));
        }
        var request = new LeafRequest(holder, Set.of(LeafUse.SERVER, LeafUse.CLIENT), lifetime);
        return authority.state().current().sign(key, request, now);
    }

    private Duration lifetime(CurrentAuthority authority, Instant now) {
        return Duration.between(now, authority.readAt()).plus(settings.leafLifetime());
    }

    private @Nullable IssuedCertificate issue(CurrentAuthority authority, Instant now) {
        var lifetime = lifetime(authority, now);
        if (lifetime.compareTo(LeafRequest.SHORTEST_LIFETIME) < 0) {
            return null;
        }
        var request = new LeafRequest(names.leafNames(), Set.of(LeafUse.SERVER), lifetime);
        var leaf = authority.state().current().issue(request, now);
        authority.state().bundle().verifyServer(leaf.chain(), names.serviceHost(), now);
        return leaf;
    }

    private static boolean isSignedByCurrent(IssuedCertificate leaf, AuthorityState state, Instant now) {
        try {
            new TrustBundle(List.of(state.current().certificate())).verify(leaf.chain(), now);
            return true;
        } catch (InvalidCertificate e) {
            return false;
        }
    }
}
