package dev.aquifer.webhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void cutsWhatNobodyReads() {
        assertThat(Excerpt.of("x".repeat(1_000_000))).hasSize(121).endsWith("…");
        assertThat(Excerpt.ofSentence("x".repeat(1_000_000))).hasSize(2001).endsWith("…");
    }

    @Test
    void leavesTheRest() {
        assertThat(Excerpt.of("ref")).isEqualTo("ref");
        assertThat(Excerpt.ofSentence("x".repeat(2000))).hasSize(2000);
    }
}
