package dev.aquifer.webhook.command.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048575, 1.0 MiB",
        "214748364800, 200.0 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void hasAUnitThatKeepsTheNumberShort(long bytes, String text) {
        assertThat(Size.of(bytes)).isEqualTo(text);
    }
}
