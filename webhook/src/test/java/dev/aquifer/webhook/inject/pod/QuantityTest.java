package dev.aquifer.webhook.inject.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "1Gi, 1024Mi",
        "1Gi, 1073741824",
        "1G, 1e9",
        "1G, 1000M",
        "0.5G, 500M",
        ".5G, 500M",
        "5., 5",
        "1500m, 1.5",
        "1E, 1e18",
        "1E3, 1k",
        "+5, 5",
        "1u, 1000n",
        "0, 0Ki",
        "1Ei, 1024Pi",
    })
    void equalsTheSameAmountWrittenOtherwise(String one, String other) {
        assertThat(new Quantity(one)).isEqualTo(new Quantity(other)).hasSameHashCodeAs(new Quantity(other));
    }

    @ParameterizedTest
    @CsvSource({"1Gi, 1G", "1m, 1M", "1, -1", "1k, 1ki", "1..2, 1.2", "a, b", "1e99999999999, 1"})
    void differsFromAnotherAmountAndFromWhatIsNone(String one, String other) {
        assertThat(new Quantity(one)).isNotEqualTo(new Quantity(other));
    }

    @ParameterizedTest
    @CsvSource({"15e-2147483648", "1e2147483647", "1e-2147483648", "1e99999999999", "'', ''", "x"})
    void equalsItselfHoweverOddItIs(String text) {
        assertThat(new Quantity(text)).isEqualTo(new Quantity(text)).isNotEqualTo(new Quantity("7"));
    }

    @Test
    @Timeout(20)
    void equalsOnlyItselfWhenItIsLongerThanAnyRealOne() {
        String digits = "1".repeat(1_000_000);

        assertThat(new Quantity(digits)).isEqualTo(new Quantity(digits)).isNotEqualTo(new Quantity(digits + ".0"));
        assertThat(new Quantity("1" + "0".repeat(60))).isEqualTo(new Quantity("1e60"));
    }
}
