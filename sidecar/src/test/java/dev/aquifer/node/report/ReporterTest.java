package dev.aquifer.node.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.local.OriginNews;
import dev.aquifer.node.local.Refusal;
import dev.aquifer.node.transfer.LeftOut;
import dev.aquifer.node.transfer.LeftOutReason;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ReporterTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final SnapshotId SNAPSHOT = SnapshotId.parse("ab".repeat(32));

    private final List<String> sent = new ArrayList<>();
    private final List<Map<String, String>> told = new ArrayList<>();
    private JsonObject answer = new JsonObject();
    private NodeReport now = report(filling(10));
    private Instant clock = START;
    private @Nullable String down;

    private final Reporter reporter = new Reporter(
            () -> now,
            report -> {
                if (down != null) {
                    throw new IOException(down);
                }
                sent.add(report);
                return answer;
            },
            told::add,
            () -> clock);

    @Nested
    class AReport {
        @Test
        void isSentWhenSomethingChangedAndOnceAMinute() throws InterruptedException {
            look(0);
            assertThat(sent).hasSize(1);
            look(5);
            assertThat(sent).hasSize(1);
            now = report(ready());
            look(10);
            assertThat(sent).hasSize(2);
            look(65);
            assertThat(sent).hasSize(2);
            look(70);
            assertThat(sent).hasSize(3);
        }

        @Test
        void isNotSentForTheProgressOfAFillAlone() throws InterruptedException {
            look(0);
            now = report(filling(20));
            look(5);
            assertThat(sent).hasSize(1);
            look(60);
            assertThat(new JsonObject(sent.getLast())
                            .getJsonArray("datasets")
                            .getJsonObject(0)
                            .getInteger("percent"))
                    .isEqualTo(20);
        }

        @Test
        void isNotSentForARefusalWhoseNumbersAloneChange() throws InterruptedException {
            now = report(refused("91 GiB are taken", START));
            look(0);
            now = report(refused("92 GiB are taken", START.plusSeconds(3)));
            look(5);
            assertThat(sent).hasSize(1);
        }

        @Test
        void isTriedAgainLaterEachTimeWhileNobodyTakesIt() throws InterruptedException {
            down = "nobody there";
            assertThat(look(0)).isEqualTo(Duration.ofSeconds(10));
            assertThat(look(10)).isEqualTo(Duration.ofSeconds(20));
            assertThat(look(30)).isEqualTo(Duration.ofSeconds(40));
            assertThat(look(70)).isEqualTo(Duration.ofMinutes(1));
            down = null;
            assertThat(look(130)).isEqualTo(Duration.ofSeconds(5));
            assertThat(sent).hasSize(1);
        }

        @Test
        void bringsTheLabelsThatItAsksFor() throws InterruptedException {
            look(0);
            answer = new JsonObject().put("labels", new JsonObject().put("pool", "gpu"));
            look(60);
            assertThat(told).containsExactly(Map.of("pool", "gpu"));
        }

        @Test
        void isWhatTheWebhookReads() throws IOException {
            NodeReport report = new NodeReport(
                    List.of(
                            troubled(),
                            ready(),
                            filling(34),
                            refused(
                                    "it is too large: it needs 300 GiB and the cache of this node may hold 200 GiB",
                                    START)),
                    List.of(id("6")),
                    true);

            assertThat(new JsonObject(report.toJson())).isEqualTo(new JsonObject(golden()));
        }

        @Test
        void isShortEnoughForTheWebhookWhateverOriginsSay() {
            DatasetReport worst = chatty();

            List<DatasetId> unselected = IntStream.range(0, NodeReport.MOST_UNSELECTED)
                    .mapToObj(i -> new DatasetId("%032x".formatted(i)))
                    .toList();

            String json = new NodeReport(Collections.nCopies(NodeReport.MOST, worst), unselected, true).toJson();

            assertThat(json.getBytes(UTF_8)).hasSizeLessThan(NodeReport.LONGEST);
            JsonObject first = new JsonObject(json).getJsonArray("datasets").getJsonObject(0);
            assertThat(first.getJsonArray("leftOut")).hasSize(LeftOutReason.values().length);
            assertThat(first.getJsonObject("refused").getString("message")).startsWith("\\\\");
        }
    }

    private static NodeReport report(DatasetReport dataset) {
        return new NodeReport(List.of(dataset), List.of(), false);
    }

    private Duration look(int seconds) throws InterruptedException {
        clock = START.plusSeconds(seconds);
        return reporter.look();
    }

    private static String golden() throws IOException {
        try (InputStream in = ReporterTest.class.getResourceAsStream("/contract/node-report.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    private static DatasetReport troubled() {
        OriginNews news = new OriginNews(
                new SnapshotId(Hash.sha256(new byte[1])),
                START,
                START,
                START.plusSeconds(60),
                List.of(new LeftOut(LeftOutReason.UNREADABLE, 3, List.of(DatasetPath.parse("private/key")))),
                List.of(DatasetPath.parse("log/all")),
                List.of());
        return new DatasetReport(
                id("1"),
                DatasetState.REFRESHING,
                SNAPSHOT,
                50,
                4096,
                null,
                "log/all changed while it was read",
                "a has rotted, and the source no longer has that version",
                news,
                List.of(DatasetPath.parse("results")));
    }

    /** All that may be in one report, at its longest. */
    private static DatasetReport chatty() {
        String text = "\\".repeat(1_000);
        List<DatasetPath> names = Collections.nCopies(LeftOut.MOST_EXAMPLES, DatasetPath.parse("x".repeat(200)));
        List<LeftOut> leftOut = Stream.of(LeftOutReason.values())
                .map(reason -> new LeftOut(reason, Long.MAX_VALUE, names))
                .toList();
        OriginNews news = new OriginNews(SNAPSHOT, START, START, START, leftOut, names, List.of());
        Refusal refusal = new Refusal(RefusalCode.RESOURCE_EXHAUSTED, text, START);
        return new DatasetReport(
                id("5"), DatasetState.REFUSED, SNAPSHOT, 100, Long.MAX_VALUE, refusal, text, text, news, names);
    }

    private static DatasetReport ready() {
        OriginNews news = new OriginNews(SNAPSHOT, START, START, null, List.of(), List.of(), List.of());
        return new DatasetReport(id("2"), DatasetState.READY, SNAPSHOT, 0, 3_000_000, null, "", null, news, List.of());
    }

    private static DatasetReport filling(int percent) {
        return new DatasetReport(
                id("3"), DatasetState.FILLING, null, percent, 0, null, "", null, OriginNews.NONE, List.of());
    }

    private static DatasetReport refused(String message, Instant since) {
        Refusal refusal = new Refusal(RefusalCode.RESOURCE_EXHAUSTED, message, since);
        return new DatasetReport(
                id("4"), DatasetState.REFUSED, null, 0, 0, refusal, "", null, OriginNews.NONE, List.of());
    }

    private static DatasetId id(String digit) {
        return new DatasetId(digit.repeat(32));
    }
}
