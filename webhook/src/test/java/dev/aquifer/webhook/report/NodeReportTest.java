package dev.aquifer.webhook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aquifer.webhook.report.DatasetReport.LeftOut;
import dev.aquifer.webhook.report.DatasetReport.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeReportTest {
    private static final Path CONTRACT = Path.of("../sidecar/src/test/resources/contract/node-report.json");
    private static final String SNAPSHOT = "ab".repeat(32);

    @Test
    void isReadAsAgentsWriteIt() throws IOException {
        JsonObject report = NodeReport.read(Files.readString(CONTRACT));
        List<DatasetReport> datasets = NodeReport.parse(report).datasets();

        assertThat(NodeReport.asksForLabels(report)).isTrue();
        assertThat(datasets).hasSize(5);
        assertThat(datasets.getFirst())
                .isEqualTo(new DatasetReport(
                        "1".repeat(32),
                        DatasetState.REFRESHING,
                        SNAPSHOT,
                        null,
                        50,
                        4096,
                        null,
                        "log/all changed while it was read",
                        "a has rotted, and the source no longer has that version",
                        Instant.parse("2026-01-02T03:05:05Z"),
                        List.of(new LeftOut("UNREADABLE", 3, List.of("private/key"))),
                        List.of("log/all"),
                        List.of("results")));
        assertThat(datasets.get(1).takenAt()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(datasets.getLast()).isEqualTo(DatasetReport.unselected("6".repeat(32)));
        assertThat(datasets.get(3).refusal())
                .isEqualTo(new Refusal(
                        "RESOURCE_EXHAUSTED",
                        "it is too large: it needs 300 GiB and the cache of this node may hold 200 GiB"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format\":2,\"datasets\":[]}",
                "{\"format\":1,\"datasets\":[1]}",
                "{\"format\":1,\"datasets\":[{\"id\":\"../x\",\"state\":\"ready\"}]}",
                "{\"format\":1,\"datasets\":[{\"id\":\"11111111111111111111111111111111\",\"state\":\"fine\"}]}",
                "{\"format\":1,\"datasets\":[{\"id\":\"11111111111111111111111111111111\",\"state\":\"idle\",\"changing\":[null]}]}"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeReport.read(text))
                .withMessageStartingWith("Expected the report of a node agent");
    }

    @Test
    void noTextOfANodeIsLongOrHasLines() {
        JsonObject dataset = new JsonObject()
                .put("id", "1".repeat(32))
                .put("state", "filling")
                .put("trouble", "a\nb" + "x".repeat(10_000))
                .put("changing", new JsonArray(List.of("y".repeat(10_000), "\u001b[31m")));

        DatasetReport report = NodeReport.parse(
                        new JsonObject().put("format", 1).put("datasets", new JsonArray().add(dataset)))
                .datasets()
                .getFirst();

        assertThat(report.trouble()).startsWith("a?bx").hasSizeLessThan(700);
        assertThat(report.changing().getFirst()).hasSizeLessThan(700);
        assertThat(report.changing().getLast()).isEqualTo("?[31m");
    }
}
