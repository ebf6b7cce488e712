package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.Renewal;
import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Good;
import dev.aquifer.webhook.authority.Condition.Reason;
import dev.aquifer.webhook.authority.StoredAuthority.Absent;
import dev.aquifer.webhook.authority.StoredAuthority.Corrupt;
import dev.aquifer.webhook.authority.StoredAuthority.Foreign;
import dev.aquifer.webhook.authority.StoredAuthority.Issued;
import dev.aquifer.webhook.authority.StoredAuthority.Usable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the stored authority together with the other replicas: makes it when there is none, and takes it through
 * its rotation, each change one compare-and-set. What was deleted or corrupted comes back by {@link Restoration}, so that
 * leaves in use stay trusted. Used by one thread.
 */
final class Custodian {
    /** The name of every authority, before its digits. */
    static final String AUTHORITY = "aquifer";

    /** More than a whole rotation takes; the rest waits for the next look. */
    private static final int ATTEMPTS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Custodian.class);

    private final AuthorityStore store;
    private final AuthoritySettings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Restoration restoration;
    private @Nullable CurrentAuthority known;
    /** The last signer that was valid by this clock; whoever differs about the time puts its own back, not a new one. */
    private @Nullable CertificateAuthority lastValid;

    Custodian(AuthorityStore store, AuthoritySettings settings, Clock clock, SecureRandom random) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.restoration = new Restoration(settings, this::make);
    }

    /** What is known without looking. */
    @Nullable CurrentAuthority known() {
        return known;
    }

    /**
     * Takes every step that can be taken now.
     *
     * @param shown what the webhook configurations showed before this call
     */
    Custody attend(Collection<TrustBundle> shown) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var now = clock.instant();
            switch (store.read()) {
                case Absent absent -> {
                    var next = restoration.next(known, shown, now);
                    if (next == null) {
                        return lost("none");
                    }
                    begin(next);
                }
                case Corrupt corrupt -> {
                    var next = restoration.next(known, shown, now);
                    if (next == null) {
                        return lost("one that cannot be read: " + corrupt.message());
                    }
                    restore(corrupt, next);
                }
                case Foreign foreign -> {
                    return new Custody(known, false, new Bad(Reason.SECRET_FOREIGN, foreign.message()));
                }
                case Issued issued -> {
                    restoration.rest();
                    known = new CurrentAuthority(issued.state(), now);
                    return new Custody(known, true, new Good());
                }
                case Usable usable -> {
                    restoration.rest();
                    known = new CurrentAuthority(usable.state(), now);
                    remember(usable.state().current(), now);
                    var step = Rotation.next(usable.state(), shown, now, settings);
                    if (step == RotationStep.KEEP) {
                        return new Custody(known, true, health(usable));
                    }
                    take(step, usable, now);
                }
            }
        }
        return new Custody(
                known,
                true,
                new Bad(
                        Reason.API_SERVER,
                        "Expected the authority's Secret to rest, found it changed %d times in a row; trying again soon"
                                .formatted(ATTEMPTS)));
    }

    private void begin(AuthorityState next) {
        if (store.create(next)) {
            LOG.info("authority created anew={} trusted={}", known == null, next.trusted());
        }
    }

    private void restore(Corrupt corrupt, AuthorityState next) {
        if (store.replace(next, corrupt.version())) {
            LOG.warn("authority replaced because=\"{}\" trusted={}", corrupt.message(), next.trusted());
        }
    }

    private Custody lost(String found) {
        return new Custody(
                known,
                false,
                new Bad(
                        Reason.SECRET_LOST,
                        "Expected the authority's Secret, found %s; leaving it to a replica that knows the authority in use, and making another soon"
                                .formatted(found)));
    }

    private void take(RotationStep step, Usable usable, Instant now) {
        var next = after(step, usable.state(), now);
        if (store.replace(next, usable.version())) {
            LOG.info(
                    "authority changed step={} signer=\"{}\" trusted={}",
                    step,
                    next.current().certificate().getSubjectX500Principal(),
                    next.trusted());
        }
    }

    private AuthorityState after(RotationStep step, AuthorityState state, Instant now) {
        return switch (step) {
            case KEEP -> state;
            case PREPARE -> state.prepared(make(now));
            case NOTE_SHOWN -> state.shown(now);
            case NOTE_HIDDEN -> state.shown(null);
            case PROMOTE -> state.promoted(now, settings);
            case DROP -> state.pruned(now);
            case REPLACE -> state.replaced(lastValidOrNew(now), now, settings);
        };
    }

    private void remember(CertificateAuthority signer, Instant now) {
        if (Renewal.isValid(signer.certificate(), now)) {
            lastValid = signer;
        }
    }

    private CertificateAuthority lastValidOrNew(Instant now) {
        return lastValid != null && Renewal.isValid(lastValid.certificate(), now) ? lastValid : make(now);
    }

    private CertificateAuthority make(Instant now) {
        return CertificateAuthority.create(AUTHORITY, settings.caLifetime(), now, random);
    }

    private static Condition health(Usable usable) {
        return usable.damage().isEmpty()
                ? new Good()
                : new Bad(
                        Reason.SECRET_DAMAGED,
                        "Parts of the authority's Secret cannot be read and are left out until the next rotation: "
                                + String.join("; ", usable.damage()));
    }
}
