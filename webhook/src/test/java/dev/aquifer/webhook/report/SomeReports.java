package dev.aquifer.webhook.report;

import dev.aquifer.webhook.report.DatasetReport.LeftOut;
import dev.aquifer.webhook.report.DatasetReport.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports of nodes, as tests want them. */
final class SomeReports {
    static final String DATASET = "1".repeat(32);
    static final String OLD = "aa".repeat(32);
    static final String NEW = "bb".repeat(32);

    private SomeReports() {}

    static DatasetReport ready(String snapshot, @Nullable Instant takenAt) {
        return report(DatasetState.READY, snapshot, takenAt, null, null, null, List.of(), List.of(), List.of());
    }

    static DatasetReport filling() {
        return in(DatasetState.FILLING);
    }

    static DatasetReport in(DatasetState state) {
        return report(state, null, null, null, null, null, List.of(), List.of(), List.of());
    }

    static DatasetReport refused(String code, String message) {
        return report(
                DatasetState.REFUSED,
                null,
                null,
                new Refusal(code, message),
                null,
                null,
                List.of(),
                List.of(),
                List.of());
    }

    static DatasetReport damaged(String what) {
        return report(DatasetState.READY, NEW, null, null, what, null, List.of(), List.of(), List.of());
    }

    static DatasetReport goneSince(Instant since) {
        return report(DatasetState.READY, NEW, null, null, null, since, List.of(), List.of(), List.of());
    }

    static DatasetReport leftOut(LeftOut... leftOut) {
        return report(DatasetState.READY, NEW, null, null, null, null, List.of(leftOut), List.of(), List.of());
    }

    static DatasetReport changing(DatasetState state, String... names) {
        return report(state, NEW, null, null, null, null, List.of(), List.of(names), List.of());
    }

    static DatasetReport inTheWay(String... names) {
        return report(DatasetState.READY, NEW, null, null, null, null, List.of(), List.of(), List.of(names));
    }

    private static DatasetReport report(
            DatasetState state,
            @Nullable String snapshot,
            @Nullable Instant takenAt,
            @Nullable Refusal refusal,
            @Nullable String damaged,
            @Nullable Instant goneSince,
            List<LeftOut> leftOut,
            List<String> changing,
            List<String> inTheWay) {
        return new DatasetReport(
                DATASET, state, snapshot, takenAt, 0, 0, refusal, "", damaged, goneSince, leftOut, changing, inTheWay);
    }

    /** A report as an agent sends it, of one dataset in this state. */
    static JsonObject sent(String state) {
        JsonObject dataset = new JsonObject()
                .put("id", DATASET)
                .put("state", state)
                .put("snapshot", state.equals("ready") ? NEW : null);
        return new JsonObject().put("format", 1).put("datasets", new JsonArray().add(dataset));
    }
}
