package dev.aquifer.webhook.command.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
    @ParameterizedTest
    @CsvSource({
        "0, 3, [..........]   0 %",
        "1, 3, [###.......]  33 %",
        "999, 1000, [#########.]  99 %",
        "3, 3, [##########] 100 %",
        "5, 3, [##########] 100 %",
        "0, 0, [##########] 100 %"
    })
    void isFullOnlyWhenNothingIsMissing(long part, long whole, String bar) {
        assertThat(Bar.of(part, whole)).isEqualTo(bar);
    }
}
