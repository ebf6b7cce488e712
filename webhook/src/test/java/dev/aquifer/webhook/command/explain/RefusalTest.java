package dev.aquifer.webhook.command.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.rest.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    private static final String DENIED = "admission webhook \"%s\" denied the request: no role is granted";

    @ParameterizedTest
    @ValueSource(strings = {"pods.aquifer.dev", "guard.aquifer.dev"})
    void takesTheReasonOfOurAdmission(String webhook) {
        assertThat(Refusal.of(new ApiException(403, DENIED.formatted(webhook), "no-role")))
                .isEqualTo(new Refusal("no-role", "no role is granted"));
    }

    @Test
    void knowsNoReasonOfAnotherAdmission() {
        assertThat(Refusal.of(new ApiException(403, DENIED.formatted("pods.example.com"), "no-role")))
                .isEqualTo(new Refusal("refused", "no role is granted"));
    }

    @Test
    void knowsNoReasonOfAnAdmissionThatSaysNone() {
        assertThat(Refusal.of(new ApiException(403, DENIED.formatted("pods.aquifer.dev"))))
                .isEqualTo(new Refusal("refused", "no role is granted"));
    }

    @Test
    void takesThePolicysSentence() {
        String message = "pods \"a\" is forbidden: ValidatingAdmissionPolicy 'aquifer-pods' with binding 'aquifer-pods'"
                + " denied request: no volumes yet";
        assertThat(Refusal.of(new ApiException(422, message, "Forbidden")))
                .isEqualTo(new Refusal("refused", "no volumes yet"));
    }

    @Test
    void leavesOtherSentencesWhole() {
        assertThat(Refusal.of(new ApiException(403, "exceeded quota: pods")))
                .isEqualTo(new Refusal("refused", "exceeded quota: pods"));
    }
}
