package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.TrustBundle;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the Secret holds: who signs, who will, and who did. Every replica reads it, and the bundle is a function of it
 * alone, so that all replicas publish the same. Immutable; each change is one compare-and-set of the Secret.
 */
record AuthorityState(
        CertificateAuthority current, @Nullable Successor successor, List<RetiredAuthority> retired) {

    AuthorityState {
        retired = List.copyOf(retired);
    }

    static AuthorityState of(CertificateAuthority current) {
        return new AuthorityState(current, null, List.of());
    }

    /** All who are trusted: the signer first. */
    TrustBundle bundle() {
        var next = successor == null
                ? Stream.<X509Certificate>empty()
                : Stream.of(successor.authority().certificate());
        return new TrustBundle(Stream.of(
                        Stream.of(current.certificate()), next, retired.stream().map(RetiredAuthority::certificate))
                .flatMap(certificates -> certificates)
                .toList());
    }

    /** How many are trusted. */
    int trusted() {
        return bundle().authorities().size();
    }

    /** Also trusts these, whose last leaf may have been signed just now. */
    AuthorityState trusting(Collection<X509Certificate> more, Instant now, AuthoritySettings settings) {
        var present = bundle().authorities();
        var all = new ArrayList<>(retired);
        more.stream()
                .filter(certificate -> !present.contains(certificate))
                .forEach(certificate -> all.add(new RetiredAuthority(certificate, lastLeafGone(now, settings))));
        return new AuthorityState(current, successor, all);
    }

    AuthorityState prepared(CertificateAuthority authority) {
        return new AuthorityState(current, new Successor(authority, null), retired);
    }

    AuthorityState shown(@Nullable Instant since) {
        return new AuthorityState(current, new Successor(expectSuccessor().authority(), since), retired);
    }

    /** The successor signs from now on; leaves of the present signer may live for another lifetime. */
    AuthorityState promoted(Instant now, AuthoritySettings settings) {
        return signedBy(expectSuccessor().authority(), lastLeafGone(now, settings));
    }

    /**
     * Another signs from now on, since the present signer is of no use by this clock. If it is this clock that is wrong,
     * the other replicas' leaves are of that signer: it stays trusted for as long as it lives.
     */
    AuthorityState replaced(CertificateAuthority signer, Instant now, AuthoritySettings settings) {
        var lastLeafGone = lastLeafGone(now, settings);
        return signedBy(signer, current.notAfter().isAfter(lastLeafGone) ? current.notAfter() : lastLeafGone);
    }

    private AuthorityState signedBy(CertificateAuthority signer, Instant dropAt) {
        var all = new ArrayList<>(retired);
        all.add(new RetiredAuthority(current.certificate(), dropAt));
        all.removeIf(old -> old.certificate().equals(signer.certificate()));
        return new AuthorityState(signer, null, all);
    }

    private static Instant lastLeafGone(Instant now, AuthoritySettings settings) {
        return now.plus(settings.leafLifetime()).plus(settings.settle());
    }

    /** Without the retired whose time has come. */
    AuthorityState pruned(Instant now) {
        return new AuthorityState(
                current,
                successor,
                retired.stream().filter(old -> !isOver(old, now)).toList());
    }

    boolean canBePruned(Instant now) {
        return retired.stream().anyMatch(old -> isOver(old, now));
    }

    /** Whether a change is under way that someone should look at soon. */
    boolean isChanging() {
        return successor != null;
    }

    boolean isSuccessorSettled(Instant now, Duration settle) {
        return successor != null
                && successor.shownSince() != null
                && !now.isBefore(successor.shownSince().plus(settle));
    }

    private Successor expectSuccessor() {
        if (successor == null) {
            throw new IllegalStateException("Expected a successor to the current authority, found none");
        }
        return successor;
    }

    private static boolean isOver(RetiredAuthority old, Instant now) {
        // not when it has expired: a clock that is ahead would forget it at once
        return !now.isBefore(old.dropAt());
    }
}
