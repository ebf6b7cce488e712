package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.LabelSelectorRequirement;
import dev.aquifer.webhook.api.LabelSelectorRequirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A label selector made ready for matching: all terms must hold, so no term at all matches everything. */
record Selector(List<Term> terms) {

    record Term(String key, Operator operator, Set<String> values) {
        boolean matches(Map<String, String> labels) {
            @Nullable String value = labels.get(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }

    static Selector of(LabelSelector selector) {
        List<Term> terms = new ArrayList<>();
        if (selector.matchLabels() != null) {
            selector.matchLabels().forEach((key, value) -> terms.add(new Term(key, Operator.In, Set.of(value))));
        }
        if (selector.matchExpressions() != null) {
            for (LabelSelectorRequirement term : selector.matchExpressions()) {
                terms.add(new Term(
                        term.key(), term.operator(), term.values() == null ? Set.of() : Set.copyOf(term.values())));
            }
        }
        return new Selector(List.copyOf(terms));
    }

    boolean matches(Map<String, String> labels) {
        for (Term term : terms) {
            if (!term.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
