package dev.aquifer.webhook.entitlement;

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
    private final Map<String, Map<String, T>> byLabel = new HashMap<>();
    private final Supplier<T> slot;
    private @Nullable T unlabelled;

    /** @param slot makes what stands at one place of the index */
    LabelIndex(Supplier<T> slot) {
        this.slot = slot;
    }

    /** The places under which something with this selector is to be put. */
    List<T> placesFor(Selector selector) {
        Term term = selector.narrowest();
        if (term == null) {
            if (unlabelled == null) {
                unlabelled = slot.get();
            }
            return List.of(unlabelled);
        }
        Map<String, T> values = byLabel.computeIfAbsent(term.key(), key -> new HashMap<>());
        List<T> places = new ArrayList<>();
        term.values().forEach(value -> places.add(values.computeIfAbsent(value, v -> slot.get())));
        return places;
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
            Map<String, T> values = byLabel.get(key);
            T place = values == null ? null : values.get(value);
            if (place != null) {
                found.accept(place);
            }
        });
    }
}
