package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.PairRevisions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Raises revisions so that a new name is above that of every object there is of its pair, and forgets exceptions that
 * nothing needs. The current revision never falls.
 */
final class NextRevisions {
    /** As many as the definition of SharedVolume lets the status hold. */
    private static final int MOST_EXCEPTIONS = 10_000;

    private final PairRevisions known;
    private final Collection<String> wanted;
    private final Map<String, Integer> highest;

    /**
     * @param wanted the keys of all wanted pairs
     * @param highest the highest revision of the objects that there are, by the pair's key
     */
    NextRevisions(PairRevisions known, Collection<String> wanted, Map<String, Integer> highest) {
        this.known = known;
        this.wanted = wanted;
        this.highest = highest;
    }

    /** The revisions in the status, made fit for the objects there are: it may have been lost or set back. */
    PairRevisions recovered() {
        for (String key : wanted) {
            if (highest.getOrDefault(key, 0) > of(known, key)) {
                return pruned(top(known.exceptions()), known.exceptions());
            }
        }
        return pruned(known.current(), known.exceptions());
    }

    /** A new revision for every pair. */
    PairRevisions allRaised() {
        return pruned(top(known.exceptions()) + 1, known.exceptions());
    }

    /** A new revision for each of these pairs. */
    PairRevisions raised(Collection<String> keys) {
        Map<String, Integer> exceptions = new HashMap<>(known.exceptions());
        for (String key : keys) {
            exceptions.put(key, Math.max(of(known, key), highest.getOrDefault(key, 0)) + 1);
        }
        PairRevisions raised = pruned(known.current(), exceptions);
        return raised.exceptions().size() <= MOST_EXCEPTIONS ? raised : pruned(top(exceptions), exceptions);
    }

    private PairRevisions pruned(int current, Map<String, Integer> exceptions) {
        Map<String, Integer> kept = new HashMap<>();
        exceptions.forEach((key, revision) -> {
            if (revision > current && (wanted.contains(key) || highest.containsKey(key))) {
                kept.put(key, revision);
            }
        });
        return new PairRevisions(current, kept);
    }

    private int top(Map<String, Integer> exceptions) {
        return Stream.concat(exceptions.values().stream(), highest.values().stream())
                .reduce(known.current(), Math::max);
    }

    private static int of(PairRevisions revisions, String key) {
        return Math.max(revisions.current(), revisions.exceptions().getOrDefault(key, 0));
    }
}
