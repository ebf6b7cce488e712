package dev.aquifer.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each request is one line: at debug when the pod is admitted, at info when something is refused. */
final class DecisionLogTest {
    private final TestServer server = new TestServer();
    private final LogLines lines = new LogLines();

    @AfterEach
    void stop() {
        lines.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/mutate, not-selected", "/validate, unchanged"})
    void anAdmissionIsALineAtDebugThatNamesWhoWasAsked(String path, String reason) throws Exception {
        server.post(path, Reviews.of(Reviews.plainPod()));
        assertThat(lines.seen())
                .containsExactly("DEBUG admitted webhook=%s namespace=%s uid=%s reason=%s"
                        .formatted(path, Reviews.NAMESPACE, Reviews.UID, reason));
    }

    @Test
    void aDenialIsALineAtInfo() throws Exception {
        server.post(Reviews.of(Reviews.podThatAsksFor("secret")));
        assertThat(lines.seen())
                .singleElement()
                .asString()
                .startsWith("INFO denied webhook=/mutate namespace=%s uid=%s reason=not-granted message="
                        .formatted(Reviews.NAMESPACE, Reviews.UID));
    }

    @Test
    void aRequestThatIsNoReviewIsALineAtInfo() throws Exception {
        server.post("/nowhere?token=t", Reviews.of(Reviews.plainPod()));
        assertThat(lines.seen()).containsExactly("INFO refused reason=unknown-path status=404 path=/nowhere leftOut=0");
    }

    @Test
    void nothingOfABodyOrAHeaderIsLogged() throws Exception {
        server.send(server.request("/mutate")
                .header("Authorization", "Bearer hidden-token")
                .POST(BodyPublishers.ofString("{\"hidden-key\": \"hidden-value\" hidden")));
        assertThat(lines.seen())
                .containsExactly("INFO refused reason=malformed-review status=400 path=/mutate leftOut=0");
    }

    @Test
    void aFloodOfRequestsThatAreNoReviewsIsAFewLines() throws Exception {
        for (int i = 0; i < 200; i++) {
            server.post("/nowhere", "");
        }
        assertThat(server.count("refused", "unknown-path")).isEqualTo(200);
        assertThat(lines.seen()).isNotEmpty().hasSizeLessThan(100);
    }
}
