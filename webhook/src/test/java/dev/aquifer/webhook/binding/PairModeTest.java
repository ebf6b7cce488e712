package dev.aquifer.webhook.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairModeTest {

    @ParameterizedTest
    @CsvSource({
        "ReadOnly, READ_ONLY",
        "ReadOnly ReadWrite, READ_WRITE",
        "ReadWrite Hidden, READ_WRITE",
        "Scratch ReadOnly, READ_ONLY",
        "Scratch Hidden,",
        "Scratch,"
    })
    void followsTheWidestAccessOfTheRole(String accesses, @Nullable PairMode mode) {
        Role role = new Role(
                "r",
                null,
                Arrays.stream(accesses.split(" ", -1))
                        .map(access -> new PathRule(access, Access.valueOf(access), null))
                        .toList(),
                null);
        assertThat(PairMode.neededBy(role)).isEqualTo(mode);
    }

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
