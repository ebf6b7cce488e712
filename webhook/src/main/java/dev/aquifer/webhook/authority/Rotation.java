package dev.aquifer.webhook.authority;

import dev.aquifer.certs.Renewal;
import dev.aquifer.certs.TrustBundle;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;

/**
 * How one authority follows another without a gap: trusted everywhere first, then signing, then the old one forgotten
 * after its last leaf. A pure function of what the Secret holds, what the configurations show and the clock, so that any
 * replica may take any step.
 */
final class Rotation {
    private Rotation() {}

    /**
     * The next step, to be asked again after it was taken.
     *
     * @param shown the bundle of every webhook entry that leads to us; while there is none, nobody is known to trust a
     *     successor
     */
    static RotationStep next(
            AuthorityState state, Collection<TrustBundle> shown, Instant now, AuthoritySettings settings) {
        var successor = state.successor();
        if (!Renewal.isValid(state.current().certificate(), now)) {
            // it signs nothing, so nothing is lost by not waiting
            return successor != null && Renewal.isValid(successor.authority().certificate(), now)
                    ? RotationStep.PROMOTE
                    : RotationStep.REPLACE;
        }
        if (state.canBePruned(now)) {
            return RotationStep.DROP;
        }
        if (successor == null) {
            return isDue(state.current().certificate(), now, settings) ? RotationStep.PREPARE : RotationStep.KEEP;
        }
        if (!Renewal.isValid(successor.authority().certificate(), now)) {
            return RotationStep.PREPARE;
        }
        var isShown = !shown.isEmpty()
                && shown.stream()
                        .allMatch(bundle -> bundle.authorities()
                                .contains(successor.authority().certificate()));
        if (!isShown) {
            return successor.shownSince() == null ? RotationStep.KEEP : RotationStep.NOTE_HIDDEN;
        }
        if (successor.shownSince() == null) {
            return RotationStep.NOTE_SHOWN;
        }
        return state.isSuccessorSettled(now, settings.settle()) ? RotationStep.PROMOTE : RotationStep.KEEP;
    }

    private static boolean isDue(X509Certificate certificate, Instant now, AuthoritySettings settings) {
        var madeAt = certificate.getNotBefore().toInstant().plus(Renewal.BACKDATING);
        return !now.isBefore(madeAt.plus(settings.caRotation())) || !now.isBefore(Renewal.dueAt(certificate));
    }
}
