package dev.aquifer.webhook.report;

import static dev.aquifer.webhook.report.SomeReports.DATASET;
import static dev.aquifer.webhook.report.SomeReports.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.NodeCounts;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The binder's part, over the books of two replicas of admission. */
final class GatheredReportsTest {
    private static final NodeCounts COMPLETE = new NodeCounts(1, 0, 0, 0);
    private static final NodeCounts FILLING = new NodeCounts(0, 1, 0, 0);

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final ReportBook one = new ReportBook(this::nanos);
    private final ReportBook other = new ReportBook(this::nanos);
    private final Map<ReportBook, String> known = new HashMap<>();
    private final GatheredReports gathered = new GatheredReports();

    @Test
    void whatANodeSaidLastCounts() {
        one.put("n1", sent("filling"));
        assertThat(counts()).isEqualTo(FILLING);
        after(10);
        other.put("n1", sent("ready"));
        assertThat(counts()).isEqualTo(COMPLETE);
        after(60);
        one.put("n1", sent("filling"));
        assertThat(counts()).isEqualTo(FILLING);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        one.put("n1", sent("ready"));
        one.put("n2", sent("filling"));
        read(one);
        after(60);
        one.put("n1", sent("ready"));
        one.put("n2", sent("ready"));

        JsonObject answer = one.read(known.get(one), 2);

        assertThat(answer.getJsonArray("nodes").stream()
                        .map(JsonObject.class::cast)
                        .filter(node -> node.containsKey("report"))
                        .map(node -> node.getString("node")))
                .containsExactly("n2");
        assertThat(counts()).isEqualTo(new NodeCounts(2, 0, 0, 0));
    }

    @Test
    void aNodeThatSaysNothingIsForgottenAndOneThatRepeatsItselfIsNot() {
        one.put("n1", sent("ready"));
        one.put("n2", sent("filling"));
        counts();
        after(100);
        one.put("n1", sent("ready"));
        counts();
        after(100);
        assertThat(counts()).isEqualTo(COMPLETE);
    }

    @Test
    void aNodeThatReportedElsewhereForAWhileCountsAsSoonAsItRepeatsItselfHere() {
        one.put("n1", sent("ready"));
        one.put("n2", sent("ready"));
        counts();
        for (int minute = 0; minute < 3; minute++) {
            after(60);
            one.put("n2", sent("ready"));
            counts();
        }
        one.put("n1", sent("ready"));

        assertThat(counts()).isEqualTo(new NodeCounts(2, 0, 0, 0));
    }

    @Test
    void nodesThatReportToOneReplicaAndToAnotherAreAllCountedAllTheTime() {
        Random random = new Random(7);
        for (int minute = 0; minute < 60; minute++) {
            for (int node = 0; node < 50; node++) {
                (random.nextBoolean() ? one : other).put("n" + node, sent("ready"));
            }
            assertThat(counts()).isEqualTo(new NodeCounts(50, 0, 0, 0));
            after(60);
        }
    }

    @Test
    void aNodeThatAdmissionHasForgottenIsNotKept() {
        one.put("gone", sent("ready"));
        counts();
        after(601);
        one.put("n1", sent("ready"));
        read(one);

        assertThat(gathered.states(now).getOrDefault(DATASET, CacheState.NONE).nodes())
                .isEqualTo(COMPLETE);
    }

    @Test
    void aReplicaThatStartsAnewLosesNothingForAWhile() {
        one.put("n1", sent("ready"));
        counts();
        gathered.take(new ReportBook(this::nanos).read(known.get(one), 1), now);
        after(60);
        gathered.forget(now);

        assertThat(gathered.states(now)).containsOnlyKeys(DATASET);
    }

    @Test
    void aBookForgetsNodesToo() {
        one.put("gone", sent("ready"));
        after(601);
        one.put("n1", sent("ready"));

        assertThat(one.read(null, 0).getJsonArray("nodes")).hasSize(1);
    }

    private NodeCounts counts() {
        read(one);
        read(other);
        gathered.forget(now);
        return gathered.states(now).getOrDefault(DATASET, CacheState.NONE).nodes();
    }

    private void read(ReportBook book) {
        JsonObject question = gathered.question(known.getOrDefault(book, ""));
        JsonObject answer = book.read(question.getString("book"), question.getLong("sequence", 0L));
        known.put(book, gathered.take(answer, now));
    }

    private void after(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }
}
