package dev.aquifer.webhook.command.doctor;

import static dev.aquifer.webhook.testing.PretendedApiServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpHandler;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingCheckTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String REPLICA = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: aquifer-admission
              namespace: aquifer
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: admission}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: admission-a
              namespace: aquifer
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: admission}
            status: {conditions: [{type: Ready, status: "True"}]}
            """;

    @Test
    void saysUntilWhenACertificateIsValid() throws IOException {
        assertThat(found(200, leaf(NOW.plusSeconds(86400))))
                .containsExactly(Finding.ok(
                        "serving",
                        "pod aquifer/admission-a",
                        "the certificate that it serves by is valid until 2026-01-02T00:00:00Z"));
    }

    /** Of seven days a day is more than it has when it is renewed; of an hour, ten minutes. */
    @ParameterizedTest
    @CsvSource({
        "'', 86399, WARNING",
        "--leaf-lifetime=30d, 86400, OK",
        "--leaf-lifetime=30d, 86399, WARNING",
        "--leaf-lifetime=1h, 600, OK",
        "--leaf-lifetime=1h, 599, WARNING",
        "--leaf-lifetime=long, 86399, WARNING"
    })
    void warnsOfACertificateThatWasNotRenewed(String argument, long seconds, Severity severity) throws IOException {
        String told = "spec: {template: {spec: {containers: [{args: ['%s']}]}}}\n---".formatted(argument);

        assertThat(found(REPLICA.replaceFirst("---", told), 200, leaf(NOW.plusSeconds(seconds))))
                .singleElement()
                .satisfies(late -> {
                    assertThat(late.severity()).isEqualTo(severity);
                    assertThat(late.message().endsWith(": it should have been renewed"))
                            .isEqualTo(severity == Severity.WARNING);
                });
    }

    @Test
    void findsACertificateThatHasExpired() throws IOException {
        assertThat(found(200, leaf(NOW))).singleElement().satisfies(expired -> {
            assertThat(expired.severity()).isEqualTo(Severity.ERROR);
            assertThat(expired.message()).endsWith("has expired at 2026-01-01T00:00:00Z");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aquifer_certificate_expiry_timestamp_seconds{use=\"leaf\"} NaN\n"})
    void findsThatThereIsNone(String metrics) throws IOException {
        assertThat(found(200, metrics)).singleElement().satisfies(none -> {
            assertThat(none.severity()).isEqualTo(Severity.ERROR);
            assertThat(none.message()).isEqualTo("expected a certificate to serve by, found none");
        });
    }

    @Test
    void warnsOfAReplicaThatTheApiServerDoesNotReach() throws IOException {
        assertThat(found(503, "{\"message\": \"no route\"}")).singleElement().satisfies(unreached -> {
            assertThat(unreached.severity()).isEqualTo(Severity.WARNING);
            assertThat(unreached.message()).endsWith("no route");
        });
    }

    @Test
    void isSkippedForWhoeverMayNotAskReplicas() throws IOException {
        assertThat(found(403, "{\"message\": \"no\"}"))
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.message()).endsWith("need not have: serving"));
    }

    @Test
    void saysWhichReplicaAloneRefusesToAnswer() throws IOException {
        String both = REPLICA + "---" + REPLICA.split("---", 2)[1].replace("admission-a", "admission-b");

        assertThat(found(both, exchange -> {
                    boolean refuses = exchange.getRequestURI().getPath().contains("admission-b");
                    answer(exchange, refuses ? 403 : 200, refuses ? "no" : leaf(NOW.plusSeconds(86400)));
                }))
                .extracting(Finding::subject, Finding::severity)
                .containsExactly(
                        tuple("pod aquifer/admission-b", Severity.WARNING),
                        tuple("pod aquifer/admission-a", Severity.OK));
    }

    /** As a program of ours writes it. */
    private static String leaf(Instant end) {
        return "aquifer_certificate_expiry_timestamp_seconds{use=\"leaf\"} %s\n"
                .formatted((double) end.getEpochSecond());
    }

    private static List<Finding> found(int code, String answer) throws IOException {
        return found(REPLICA, code, answer);
    }

    private static List<Finding> found(String manifest, int code, String answer) throws IOException {
        return found(manifest, exchange -> answer(exchange, code, answer));
    }

    private static List<Finding> found(String manifest, HttpHandler replicas) throws IOException {
        try (PretendedApiServer server = new PretendedApiServer("/api/v1/namespaces/aquifer/pods/", replicas)) {
            return Checkup.run(List.of(new ServingCheck(
                    Manifest.of(manifest), new ApiServer(server.client()), Clock.fixed(NOW, ZoneOffset.UTC))));
        }
    }
}
