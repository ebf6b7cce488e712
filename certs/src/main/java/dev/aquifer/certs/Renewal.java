package dev.aquifer.certs;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * When to replace a certificate: at two thirds of its life, counted from the moment of signing, or when the clock has
 * left its validity on either side. Pure: ask as often as you like, no timer is needed.
 */
public final class Renewal {
    /** How far before the moment of signing a certificate is valid, for readers whose clocks are behind. */
    public static final Duration BACKDATING = Duration.ofMinutes(5);

    private Renewal() {}

    /** The moment from which {@link #isDue} holds, if the clock runs on. */
    public static Instant dueAt(X509Certificate certificate) {
        var notBefore = certificate.getNotBefore().toInstant();
        var notAfter = certificate.getNotAfter().toInstant();
        var backdated = notBefore.plus(BACKDATING);
        // a certificate of another maker may live for less than the backdating
        var signedAt = backdated.isBefore(notAfter) ? backdated : notBefore;
        return signedAt.plus(
                Duration.between(signedAt, notAfter).multipliedBy(2).dividedBy(3));
    }

    /** Also due when the clock was set back before the certificate's validity: a new one is valid now. */
    public static boolean isDue(X509Certificate certificate, Instant now) {
        return !now.isBefore(dueAt(certificate))
                || now.isBefore(certificate.getNotBefore().toInstant());
    }

    /** Whether the certificate is valid at this moment, both ends included (RFC 5280 section 4.1.2.5). */
    public static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }
}
