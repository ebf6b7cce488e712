package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.plan.PairState.Broken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which broken pairs get new names now. A source that has moved takes all pairs with it at once; a volume that somebody
 * replaced by hand is that pair's own affair. Both have to wait when they come too often.
 */
final class DueRaises {
    private final Map<PairIdentity, PairState> states;
    private final ClusterFacts facts;

    /** @param states of all pairs that are to be */
    DueRaises(Map<PairIdentity, PairState> states, ClusterFacts facts) {
        this.states = states;
        this.facts = facts;
    }

    /** @param revisions the present ones */
    List<Raise> under(PairRevisions revisions) {
        List<Raise> raises = new ArrayList<>();
        states.forEach((pair, state) -> {
            if (state instanceof Broken(Raise.Cause cause)) {
                raises.add(new Raise(
                        pair, pair.name(revisions.of(pair.tenant(), pair.mode().text())), cause));
            }
        });
        boolean follows = areOfAMove(raises)
                && raises.stream().filter(DueRaises::isChange).map(Raise::pair).anyMatch(facts::mayRaise);
        raises.removeIf(raise -> !(follows && isChange(raise)) && !facts.mayRaise(raise.pair()));
        return raises;
    }

    /** Whether the source is another for more than half of the pairs: then it is simpler to give all a new name. */
    boolean areOfAMove(Collection<Raise> raises) {
        return raises.stream().filter(DueRaises::isChange).count() * 2 > states.size();
    }

    private static boolean isChange(Raise raise) {
        return raise.cause() == Raise.Cause.SOURCE_CHANGED;
    }
}
