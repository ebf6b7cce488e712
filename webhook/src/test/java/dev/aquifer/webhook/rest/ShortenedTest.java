package dev.aquifer.webhook.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortenedTest {
    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdefg, 6, abc…",
        "abäöü, 8, abäöü",
        "abäöü, 7, abä…",
        "a\uD83D\uDE00b, 6, a\uD83D\uDE00b",
        "a\uD83D\uDE00bc, 6, a…"
    })
    void cutsBetweenCharactersAndSaysSo(String text, int most, String cut) {
        assertThat(Shortened.toBytes(text, most)).isEqualTo(cut);
    }

    @Test
    void neverTakesMoreBytesThanThereAre() {
        String text = "aä€\uD83D\uDE00".repeat(10);
        for (int most = 3; most < 100; most++) {
            assertThat(Shortened.toBytes(text, most).getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(Math.min(most, 100) - 6, most);
        }
    }
}
