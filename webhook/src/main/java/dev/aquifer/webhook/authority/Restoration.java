package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.Renewal;
import dev.aquifer.certs.TrustBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What takes the place of an authority whose Secret is gone or cannot be read. A replica that knows it goes on with it by
 * way of a rotation. Another one leaves that to those who know it for two ticks, then makes a new one; whoever was
 * trusted stays so until the last leaf has expired. Used by one thread.
 */
final class Restoration {
    private static final int PATIENCE_TICKS = 2;

    private final AuthoritySettings settings;
    private final Function<Instant, CertificateAuthority> make;
    private @Nullable Instant missedSince;

    Restoration(AuthoritySettings settings, Function<Instant, CertificateAuthority> make) {
        this.settings = settings;
        this.make = make;
    }

    /** An authority was found. */
    void rest() {
        missedSince = null;
    }

    /**
     * What to store instead; null while another replica may know better.
     *
     * @param known as it was last read by this replica
     * @param shown the published bundles
     */
    @Nullable AuthorityState next(@Nullable CurrentAuthority known, Collection<TrustBundle> shown, Instant now) {
        var left = ShownAuthorities.in(shown, now);
        if (known != null && isUsable(known.state(), left, now)) {
            return goOn(known.state(), now).trusting(left.trusted(), now, settings);
        }
        if (!left.trusted().isEmpty() && !isPatienceOver(now)) {
            return null;
        }
        return AuthorityState.of(make.apply(now)).trusting(left.trusted(), now, settings);
    }

    private static boolean isUsable(AuthorityState known, ShownAuthorities left, Instant now) {
        // the signer of before a rotation, which may have been replaced for good reason, does not come back
        return Renewal.isValid(known.current().certificate(), now) && left.isKnownTo(known);
    }

    private AuthorityState goOn(AuthorityState known, Instant now) {
        // a successor may have been promoted since, and its leaves be in use
        return known.isChanging() ? known : known.prepared(make.apply(now));
    }

    private boolean isPatienceOver(Instant now) {
        if (missedSince == null) {
            missedSince = now;
        }
        // a clock that was set back ends it too
        var waited = Duration.between(missedSince, now).abs();
        return waited.compareTo(settings.tick().multipliedBy(PATIENCE_TICKS)) >= 0;
    }
}
