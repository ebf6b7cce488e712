package dev.aquifer.node.identity;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * When to ask for the next certificate: at two thirds of its life, counted from the moment of signing, or when the clock left
 * its validity on either side. Pure: ask as often as you like, no timer can be missed.
 */
final class RenewalRule {
    /** How far before the moment of signing the authority lets a certificate begin. */
    private static final Duration BACKDATING = Duration.ofMinutes(5);

    private RenewalRule() {}

    static boolean isDue(X509Certificate leaf, Instant now) {
        var begin = leaf.getNotBefore().toInstant();
        var end = leaf.getNotAfter().toInstant();
        var signed = begin.plus(BACKDATING).isBefore(end) ? begin.plus(BACKDATING) : begin;
        var due = signed.plus(Duration.between(signed, end).multipliedBy(2).dividedBy(3));
        return !now.isBefore(due) || now.isBefore(begin);
    }
}
