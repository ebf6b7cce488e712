package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One term of a label selector (meta/v1 LabelSelectorRequirement).
 *
 * @param values the values for {@code In} and {@code NotIn}; empty for the other operators
 */
@ValidationRule(
        value = "!(self.operator in ['In', 'NotIn']) || (has(self.values) && size(self.values) > 0)",
        message = "In and NotIn compare with values: list at least one",
        fieldPath = ".values")
@ValidationRule(
        value = "self.operator in ['In', 'NotIn'] || !has(self.values) || size(self.values) == 0",
        message = "Exists and DoesNotExist look at the key alone: leave values out, or use In or NotIn",
        fieldPath = ".values")
public record LabelSelectorRequirement(
        @JsonPropertyDescription("The label's key.")
        @Required
        @Size(min = 1, max = Formats.LABEL_KEY_LENGTH) @Pattern(Formats.LABEL_KEY) String key,

        @JsonPropertyDescription("How the label's value is compared.") @Required
        Operator operator,

        @JsonPropertyDescription("The values for In and NotIn.") @Size(max = 64) @Nullable List<@Size(max = Formats.LABEL_VALUE_LENGTH) @Pattern(Formats.LABEL_VALUE) String> values) {

    /** How the label's value is compared. */
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }
}
