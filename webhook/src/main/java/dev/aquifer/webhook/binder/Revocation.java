package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.api.OnRevoke;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.binding.Action;
import dev.aquifer.webhook.binding.Action.CreateClaim;
import dev.aquifer.webhook.binding.DesiredClaim;
import dev.aquifer.webhook.binding.ExistingClaim;
import dev.aquifer.webhook.binding.PairLabels;
import dev.aquifer.webhook.duration.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Has running pods leave where a grant was withdrawn, of volumes whose owner wants that. A pair that was replaced is no
 * reason to leave. A volume that has gone is remembered for as long as claims of it are there.
 */
final class Revocation {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final KnownCluster cluster;
    private final Evictor evictor;
    private final Map<String, Shared> evicting = new ConcurrentHashMap<>();

    Revocation(KnownCluster cluster, Evictor evictor) {
        this.cluster = cluster;
        this.evictor = evictor;
    }

    /**
     * One attempt.
     *
     * @param shared null when it has gone
     * @return whether another attempt is due
     */
    boolean enforce(String uid, @Nullable Shared shared, List<Action> actions) {
        Shared known = remember(uid, shared);
        Collection<ExistingClaim> claims = cluster.claims.ofVolume(uid);
        if (known == null || claims.isEmpty()) {
            evicting.remove(uid);
            return false;
        }
        Set<String> wanted = wanted(claims, actions);
        boolean due = false;
        for (ExistingClaim claim : claims) {
            Instant deleted = cluster.claims.deleted(claim);
            PairLabels labels = claim.labels();
            if (deleted != null && labels != null && !wanted.contains(pair(labels))) {
                due |= evictor.clear(
                        claim.namespace(),
                        claim.name(),
                        known.owner() + "/" + known.name(),
                        deleted.plus(deadline(known)));
            }
        }
        return due;
    }

    private @Nullable Shared remember(String uid, @Nullable Shared shared) {
        if (shared == null) {
            return evicting.get(uid);
        }
        if (shared.volume() != null && shared.volume().spec().onRevoke() == OnRevoke.Evict) {
            evicting.put(uid, shared);
            return shared;
        }
        evicting.remove(uid);
        return null;
    }

    private static Set<String> wanted(Collection<ExistingClaim> claims, List<Action> actions) {
        Set<String> wanted = new HashSet<>();
        for (ExistingClaim claim : claims) {
            if (!claim.deleting() && claim.labels() != null) {
                wanted.add(pair(claim.labels()));
            }
        }
        for (Action action : actions) {
            if (action instanceof CreateClaim(DesiredClaim claim)) {
                wanted.add(pair(claim.labels()));
            }
        }
        return wanted;
    }

    private static String pair(PairLabels labels) {
        return labels.tenant() + "/" + labels.mode().text();
    }

    private static Duration deadline(Shared shared) {
        SharedVolumeSpec spec = shared.volume() == null ? null : shared.volume().spec();
        String text = spec == null ? null : spec.evictDeadline();
        return text == null ? DEADLINE : DurationText.parse(text);
    }
}
