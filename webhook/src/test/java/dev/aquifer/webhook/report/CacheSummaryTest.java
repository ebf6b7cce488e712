package dev.aquifer.webhook.report;

import static dev.aquifer.webhook.report.SomeReports.NEW;
import static dev.aquifer.webhook.report.SomeReports.OLD;
import static dev.aquifer.webhook.report.SomeReports.changing;
import static dev.aquifer.webhook.report.SomeReports.damaged;
import static dev.aquifer.webhook.report.SomeReports.filling;
import static dev.aquifer.webhook.report.SomeReports.goneSince;
import static dev.aquifer.webhook.report.SomeReports.in;
import static dev.aquifer.webhook.report.SomeReports.inTheWay;
import static dev.aquifer.webhook.report.SomeReports.leftOut;
import static dev.aquifer.webhook.report.SomeReports.ready;
import static dev.aquifer.webhook.report.SomeReports.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.NodeCounts;
import dev.aquifer.webhook.report.CacheState.Trouble;
import dev.aquifer.webhook.report.DatasetReport.LeftOut;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CacheSummaryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void countsNodesByHowTheyAre() {
        CacheState state = of(Map.of(
                "a", ready(NEW, null),
                "b", in(DatasetState.REFRESHING),
                "c", filling(),
                "d", refused("INTERNAL", "x"),
                "e", in(DatasetState.IDLE),
                "f", in(DatasetState.UNSELECTED)));

        assertThat(state.nodes()).isEqualTo(new NodeCounts(2, 1, 1, 1));
        assertThat(state.nodes().sentence()).isEqualTo("complete on 2 nodes, filling on 1, failed on 1");
        assertThat(new NodeCounts(1, 0, 0, 0).sentence()).isEqualTo("complete on 1 node");
    }

    @Test
    void namesTheSnapshotThatTheSourceWasLastSeenToBeLike() {
        assertThat(of(Map.of("a", ready(OLD, NOW), "b", ready(OLD, null), "c", ready(NEW, NOW.plusSeconds(1))))
                        .snapshot())
                .isEqualTo(NEW);
        assertThat(of(Map.of("a", ready(OLD, null), "b", ready(OLD, null), "c", ready(NEW, null)))
                        .snapshot())
                .isEqualTo(OLD);
        assertThat(of(Map.of("a", filling())).snapshot()).isNull();
    }

    @Test
    void saysWhatWasLeftOut() {
        CacheState state = of(Map.of(
                "a",
                leftOut(
                        new LeftOut("UNREADABLE", 3, List.of("private/key", "x")),
                        new LeftOut("SOCKET", 1, List.of("run/s")))));

        assertThat(state.trouble()).isNull();
        assertThat(state.remarks())
                .isEqualTo("left out of the cache: 1 socket (run/s), 3 unreadable (private/key, x, …)");
    }

    /** A report of a real node about a real source: the tests of the node write it. */
    @Test
    void saysWhatAnAgentReportsOfARealSource() throws IOException {
        String leftOut =
                "left out of the cache: 1 device (run/null), 1 fifo (run/pipe), 1 socket (run/socket), 2 unreadable (closed, private/key)";

        CacheState skipped = of(Map.of("n", reported("Skip")));
        CacheState refused = of(Map.of("n", reported("Fail")));
        Trouble trouble = Objects.requireNonNull(refused.trouble());

        assertThat(skipped.trouble()).isNull();
        assertThat(skipped.remarks()).isEqualTo(leftOut);
        assertThat(trouble.reason()).isEqualTo("SourceRefused");
        assertThat(trouble.message())
                .startsWith("node n cannot fill: Expected a source that the origin may read")
                .contains("2 files or directories that it may not (closed, private/key)", "cache.onUnreadable to Skip");
        assertThat(refused.remarks()).isEqualTo(leftOut);
    }

    private static DatasetReport reported(String which) throws IOException {
        JsonObject reports =
                new JsonObject(Files.readString(Path.of("../sidecar/src/test/resources/contract/left-out.json")));
        return NodeReport.parse(NodeReport.read(reports.getJsonObject(which).encode()))
                .datasets()
                .getFirst();
    }

    @Nested
    class WhatIsWrong {
        @Test
        void isWhatARefusedFillSaysWithItsNumbers() {
            String message = "it is too large: it needs 300 GiB and the cache of this node may hold 200 GiB";

            assertThat(trouble(Map.of(
                            "n2", refused("RESOURCE_EXHAUSTED", message),
                            "n1", refused("RESOURCE_EXHAUSTED", message),
                            "n0", ready(NEW, null))))
                    .isEqualTo(new Trouble("NoRoom", "node n1 cannot fill, and so it is with 1 others: " + message));
        }

        @Test
        void isWhatTheOriginRefuses() {
            assertThat(trouble(Map.of("n1", refused("FAILED_PRECONDITION", "let the origin read 'x'"))))
                    .isEqualTo(new Trouble("SourceRefused", "node n1 cannot fill: let the origin read 'x'"));
        }

        @Test
        void isADamagedSnapshot() {
            assertThat(trouble(Map.of("n1", damaged("a has rotted"))))
                    .isEqualTo(
                            new Trouble(
                                    "SnapshotDamaged",
                                    "node n1 has a damaged snapshot: a has rotted. Pods that run there may read wrong bytes: end them, and new ones get a new snapshot"));
        }

        @Test
        void isASourceThatKeepsChangingWhileSomebodyWaitsForIt() {
            assertThat(trouble(Map.of("n1", changing(DatasetState.FILLING, "log/a", "log/b"))))
                    .isEqualTo(
                            new Trouble(
                                    "SourceKeepsChanging",
                                    "nodes wait for files that change again and again: log/a, log/b. Replace files by rename, or set cache.onChange: Skip"));
            assertThat(of(Map.of("n1", changing(DatasetState.READY, "log/a"))).trouble())
                    .isNull();
        }

        @Test
        void isAFileWhereRolesNeedADirectory() {
            assertThat(trouble(Map.of("n1", inTheWay("results"))).reason()).isEqualTo("MountPointTaken");
        }

        @Test
        void isAnOriginThatGivesNoAnswerForMinutes() {
            assertThat(trouble(Map.of("n1", goneSince(NOW.minusSeconds(121)))).reason())
                    .isEqualTo("OriginUnreachable");
            assertThat(of(Map.of("n1", goneSince(NOW.minusSeconds(119)))).trouble())
                    .isNull();
        }
    }

    private static Trouble trouble(Map<String, DatasetReport> nodes) {
        return Objects.requireNonNull(of(nodes).trouble());
    }

    private static CacheState of(Map<String, DatasetReport> nodes) {
        return new CacheSummary(nodes, NOW).state();
    }
}
