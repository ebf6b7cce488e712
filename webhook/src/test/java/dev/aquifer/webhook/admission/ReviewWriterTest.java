package dev.aquifer.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReviewWriterTest {
    private static final byte[] NOTHING = {};
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void admitsWithoutAPatchWhenThereIsNothingToChange() throws JsonProcessingException {
        assertThat(answer("1", new Admit(Reason.UNCHANGED, NOTHING, List.of()))).isEqualTo(JSON.readTree("""
                        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview",
                         "response":{"uid":"1","allowed":true}}"""));
    }

    @Test
    void carriesThePatchInBase64() throws IOException {
        byte[] patch = "[{\"op\":\"add\",\"path\":\"/é\",\"value\":1}]".getBytes(UTF_8);
        JsonNode response =
                answer("1", new Admit(Reason.INJECTED, patch, List.of())).path("response");
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        assertThat(response.path("patch").binaryValue()).isEqualTo(patch);
        assertThat(response.path("allowed").asBoolean()).isTrue();
    }

    @Test
    void deniesWithASentence() throws JsonProcessingException {
        Decision decision = new Deny(Reason.NOT_GRANTED, "no \"ref\"\nfor é 🌊", List.of());
        assertThat(answer("1", decision).path("response")).isEqualTo(JSON.readTree("""
                        {"uid":"1","allowed":false,"status":{"status":"Failure","code":403,"reason":"Forbidden",
                         "details":{"causes":[{"reason":"not-granted"}]},"message":"no \\"ref\\"\\nfor é 🌊"}}"""));
    }

    @ParameterizedTest
    @EnumSource
    void givesEveryReasonAStatusThatSaysFailureAndWhich(Reason reason) throws JsonProcessingException {
        JsonNode status =
                answer("1", new Deny(reason, "m", List.of())).path("response").path("status");
        assertThat(status.path("code").asInt()).isBetween(400, 599);
        assertThat(status.path("reason").asText()).isNotEmpty();
        assertThat(status.at("/details/causes"))
                .isEqualTo(JSON.createArrayNode().add(JSON.createObjectNode().put("reason", reason.label())));
    }

    @Test
    void letsClientsTryAgainWhenTheNamespaceIsNotKnownYet() throws JsonProcessingException {
        JsonNode status = answer("1", new Deny(Reason.UNKNOWN_NAMESPACE, "m", List.of()))
                .path("response")
                .path("status");
        assertThat(status.path("code").asInt()).isEqualTo(503);
        assertThat(status.path("details").path("retryAfterSeconds").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\\", "\u0000", "é", "\u2028", "🌊", "</script>"})
    void echoesTheUidExactly(String uid) throws JsonProcessingException {
        assertThat(answer(uid, new Admit(Reason.UNCHANGED, NOTHING, List.of()))
                        .path("response")
                        .path("uid")
                        .asText())
                .isEqualTo(uid);
    }

    @Test
    void replacesHalfASurrogatePairInAMessage() throws JsonProcessingException {
        assertThat(answer("1", new Deny(Reason.INTERNAL, "a\ud800b", List.of()))
                        .path("response")
                        .path("status")
                        .path("message")
                        .asText())
                .isEqualTo("a\ufffdb");
    }

    @Test
    void keepsWarningsInOrderAndShort() throws JsonProcessingException {
        List<String> warnings = List.of("first", "two\nlines", "é".repeat(200), "x".repeat(256), "y".repeat(257));
        JsonNode written = answer("1", new Admit(Reason.INJECTED, NOTHING, warnings))
                .path("response")
                .path("warnings");
        assertThat(written)
                .extracting(JsonNode::asText)
                .containsExactly("first", "two lines", "é".repeat(126) + "…", "x".repeat(256), "y".repeat(253) + "…")
                .allSatisfy(text -> assertThat(text.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(256));
    }

    private static JsonNode answer(String uid, Decision decision) throws JsonProcessingException {
        return JSON.readTree(ReviewWriter.write(uid, decision).toString(UTF_8));
    }
}
