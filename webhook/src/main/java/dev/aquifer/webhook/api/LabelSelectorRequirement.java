package dev.aquifer.webhook.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One term of a label selector (meta/v1 LabelSelectorRequirement).
 *
 * @param values the values for {@code In} and {@code NotIn}; empty for the other operators
 */
public record LabelSelectorRequirement(
        String key, Operator operator, @Nullable List<String> values) {

    /** How the label's value is compared. */
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }
}
