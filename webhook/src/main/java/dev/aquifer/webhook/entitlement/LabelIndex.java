package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.LabelSelectorRequirement.Operator;
import dev.aquifer.webhook.entitlement.Selector.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what may concern a set of labels without looking at what does not: each entry lies under the values of one term
 * of its selector. A hit still has to be matched against the whole selector.
 */
final class LabelIndex<T> {
    private final Map<String, Map<String, Place<T>>> byLabel = new HashMap<>();
    private final Supplier<T> slot;
    private @Nullable T unlabelled;

    private static final class Place<T> {
        private final T content;
        private int entries;

        Place(T content) {
            this.content = content;
        }
    }

    /** @param slot makes what stands at one place of the index */
    LabelIndex(Supplier<T> slot) {
        this.slot = slot;
    }

    /** The places under which something with this selector is to be put. */
    List<T> placesFor(Selector selector) {
        Term term = leastCrowded(selector);
        if (term == null) {
            return List.of(unlabelled());
        }
        Map<String, Place<T>> values = byLabel.computeIfAbsent(term.key(), key -> new HashMap<>());
        List<T> places = new ArrayList<>();
        for (String value : term.values()) {
            Place<T> place = values.computeIfAbsent(value, v -> new Place<>(slot.get()));
            place.entries++;
            places.add(place.content);
        }
        return places;
    }

    /** The place that all find. */
    T unlabelled() {
        T place = unlabelled;
        if (place == null) {
            place = slot.get();
            unlabelled = place;
        }
        return place;
    }

    /** The most places that something with this selector can have. */
    static long mostPlaces(Selector selector) {
        return selector.terms().stream()
                .filter(term -> term.operator() == Operator.In)
                .mapToLong(term -> term.values().size())
                .max()
                .orElse(1);
    }

    /**
     * Of the terms that name the values they want, the one whose values have the fewest entries: a label that all
     * have would lead to all entries.
     */
    private @Nullable Term leastCrowded(Selector selector) {
        Term best = null;
        int fewest = Integer.MAX_VALUE;
        for (Term term : selector.terms()) {
            int entries = term.operator() == Operator.In ? entriesUnder(term) : Integer.MAX_VALUE;
            if (entries < fewest) {
                best = term;
                fewest = entries;
            }
        }
        return best;
    }

    private int entriesUnder(Term term) {
        Map<String, Place<T>> values = byLabel.getOrDefault(term.key(), Map.of());
        int entries = 0;
        for (String value : term.values()) {
            Place<T> place = values.get(value);
            entries += place == null ? 0 : place.entries;
        }
        return entries;
    }

    /** Hands over every place that a holder of these labels may find himself under. */
    void find(Map<String, String> labels, Consumer<T> found) {
        if (unlabelled != null) {
            found.accept(unlabelled);
        }
        if (byLabel.isEmpty()) {
            return;
        }
        labels.forEach((key, value) -> {
            Map<String, Place<T>> values = byLabel.get(key);
            Place<T> place = values == null ? null : values.get(value);
            if (place != null) {
                found.accept(place.content);
            }
        });
    }
}
