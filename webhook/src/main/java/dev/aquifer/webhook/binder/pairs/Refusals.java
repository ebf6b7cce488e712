package dev.aquifer.webhook.binder.pairs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The new pairs that the API server refused last, by shared volume. They come after all others, the longest refused
 * first, so that nobody waits for room in a namespace that is not his. Safe for any thread.
 */
final class Refusals {
    private final Map<String, SequencedSet<String>> refused = new HashMap<>();

    /** The names of new pairs in the order to make them in. What is no new pair any more is forgotten. */
    synchronized List<String> order(String volumeUid, Collection<String> fresh) {
        SequencedSet<String> last = refused.get(volumeUid);
        if (last == null) {
            return List.copyOf(fresh);
        }
        last.retainAll(fresh);
        if (last.isEmpty()) {
            refused.remove(volumeUid);
        }
        List<String> ordered = new ArrayList<>(fresh);
        ordered.removeAll(last);
        ordered.addAll(last);
        return ordered;
    }

    synchronized void add(String volumeUid, String pair) {
        refused.computeIfAbsent(volumeUid, uid -> new LinkedHashSet<>()).addLast(pair);
    }

    synchronized boolean contains(String volumeUid, String pair) {
        SequencedSet<String> last = refused.get(volumeUid);
        return last != null && last.contains(pair);
    }
}
