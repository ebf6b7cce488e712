package dev.aquifer.webhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.LabelSelectorRequirement;
import dev.aquifer.webhook.api.LabelSelectorRequirement.Operator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    private static Selector selector(Operator operator, @Nullable List<String> values) {
        return Selector.of(new LabelSelector(null, List.of(new LabelSelectorRequirement("tier", operator, values))));
    }

    @ParameterizedTest
    @CsvSource({
        "In, a, true, false, false",
        "NotIn, a, false, true, true",
        "Exists, , true, true, false",
        "DoesNotExist, , false, false, true",
    })
    void matchesByOperator(Operator operator, @Nullable String value, boolean same, boolean other, boolean absent) {
        Selector selector = selector(operator, value == null ? null : List.of(value, "z"));
        assertThat(selector.matches(Map.of("tier", "a"))).isEqualTo(same);
        assertThat(selector.matches(Map.of("tier", "b"))).isEqualTo(other);
        assertThat(selector.matches(Map.of("team", "a"))).isEqualTo(absent);
    }

    @Test
    void matchesEverythingWhenItIsEmpty() {
        assertThat(Selector.of(new LabelSelector(null, null)).matches(Map.of())).isTrue();
        assertThat(Selector.of(new LabelSelector(Map.of(), List.of())).matches(Map.of("a", "b")))
                .isTrue();
    }

    @Test
    void wantsAllOfItsTerms() {
        Selector selector = Selector.of(new LabelSelector(
                Map.of("team", "x"), List.of(new LabelSelectorRequirement("tier", Operator.In, List.of("a")))));
        assertThat(selector.matches(Map.of("team", "x", "tier", "a"))).isTrue();
        assertThat(selector.matches(Map.of("team", "x"))).isFalse();
        assertThat(selector.matches(Map.of("tier", "a"))).isFalse();
    }

    @Test
    void tellsAnEmptyValueFromAnAbsentLabel() {
        assertThat(selector(Operator.In, List.of("")).matches(Map.of("tier", "")))
                .isTrue();
        assertThat(selector(Operator.In, List.of("")).matches(Map.of())).isFalse();
    }
}
