package dev.aquifer.webhook.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
    @ParameterizedTest
    @CsvSource({
        "0, 429,, 100",
        "2, 429,, 400",
        "0, 429, 2, 2000",
        "0, 503, 1, 1000",
        "0, 500, soon, 100",
        "0, 429, 86400, 10000",
        "0, 0,, 100",
        "3, 429, 1,",
        "0, 409,,",
        "0, 403, 1,"
    })
    void waitsAsTheServerAsksAndLongerEachTime(int made, int code, @Nullable String retryAfter, @Nullable Long millis) {
        assertThat(new Patience(3).before(made, code, retryAfter))
                .isEqualTo(millis == null ? null : Duration.ofMillis(millis));
    }
}
