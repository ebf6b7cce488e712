package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.rest.ApiException;
import org.junit.jupiter.api.Test;

class ApiFailuresTest {
    @Test
    void nameNoOptionThatTheCommandLacks() {
        ApiException refused = new ApiException(ApiException.FORBIDDEN, "claims is forbidden");

        assertThat(ApiFailures.sentence(refused, true)).endsWith("or give the objects in a file: --with FILE");
        assertThat(ApiFailures.sentence(refused, false)).endsWith("(claims is forbidden); ask an administrator");
    }
}
