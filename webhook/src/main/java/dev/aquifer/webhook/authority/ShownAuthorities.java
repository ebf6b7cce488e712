package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.TrustBundle;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authorities of ours that the published bundles show: what is known of one whose Secret is gone. An authority counts
 * as trusted where every bundle shows it that is not empty, so that who can write one of them has no other trust his own.
 *
 * @param signers who the bundles say signs
 * @param trusted the newest first, none of them expired
 */
record ShownAuthorities(Set<X509Certificate> signers, List<X509Certificate> trusted) {
    /** More than an installation has that was never tampered with: a signer, its successor, some retired. */
    static final int MOST = 8;

    ShownAuthorities {
        signers = Set.copyOf(signers);
        trusted = List.copyOf(trusted);
    }

    static ShownAuthorities in(Collection<TrustBundle> shown, Instant now) {
        var bundles = shown.stream()
                .map(TrustBundle::authorities)
                .filter(authorities -> !authorities.isEmpty())
                .distinct()
                .toList();
        var trusted = bundles.stream()
                .flatMap(List::stream)
                .distinct()
                .filter(authority -> bundles.stream().allMatch(bundle -> bundle.contains(authority)))
                .filter(ShownAuthorities::isOurs)
                .filter(authority -> !now.isAfter(authority.getNotAfter().toInstant()))
                .sorted(Comparator.comparing(X509Certificate::getNotBefore).reversed())
                .limit(MOST)
                .toList();
        var signers = bundles.stream()
                .map(List::getFirst)
                .filter(ShownAuthorities::isOurs)
                .collect(Collectors.toSet());
        return new ShownAuthorities(signers, trusted);
    }

    /** Whether who knows this state is up to date, as far as can be seen. */
    boolean isKnownTo(AuthorityState state) {
        var successor = state.successor();
        return signers.isEmpty()
                || signers.contains(state.current().certificate())
                || (successor != null && signers.contains(successor.authority().certificate()));
    }

    private static boolean isOurs(X509Certificate certificate) {
        return CertificateAuthority.couldHaveMade(certificate, Custodian.AUTHORITY);
    }
}
