package dev.aquifer.webhook.binding.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairModeTest {

    @ParameterizedTest
    @EnumSource(PairMode.class)
    void isReadFromItsText(PairMode mode) {
        assertThat(PairMode.parse(mode.text())).isEqualTo(mode);
    }

    @Test
    void isNothingForAnyOtherText() {
        assertThat(PairMode.parse("RO")).isNull();
        assertThat(PairMode.parse(null)).isNull();
    }
}
