package dev.aquifer.webhook.binder.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LatelySaidTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final LatelySaid said = new LatelySaid(HOUR, 2);

    @Test
    void theSameIsNoNewsUntilTheSilenceIsOver() {
        assertThat(isNews("a", NOW)).isTrue();
        assertThat(isNews("a", NOW.plus(HOUR).minusMillis(1))).isFalse();
        assertThat(isNews("a", NOW.plus(HOUR))).isTrue();
    }

    /** The claims that the API server refused have no UID, and a policy may refuse all of them in the same words. */
    @Test
    void whatIsSaidInOneNamespaceIsNewsInAnother() {
        assertThat(isNews("a", NOW)).isTrue();
        assertThat(isNews("b", NOW)).isTrue();
    }

    @Test
    void forgetsTheOldestWhenThereIsTooMuch() {
        isNews("a", NOW);
        isNews("b", NOW);
        isNews("c", NOW);
        assertThat(isNews("c", NOW)).isFalse();
        assertThat(isNews("a", NOW)).isTrue();
    }

    private boolean isNews(String namespace, Instant now) {
        return said.isNews(Subject.claim(namespace, "claim", ""), "ClaimRefused", "refused", now);
    }
}
