package dev.aquifer.node.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aquifer.node.linux.LinuxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How this node's datasets are, for the webhook: at most {@value #MOST}, those that somebody should look at first. */
record NodeReport(List<DatasetReport> datasets) {
    static final int MOST = 500;
    /** In bytes; the webhook takes no longer one. */
    static final int LONGEST = 1 << 20;

    NodeReport {
        datasets = List.copyOf(datasets);
    }

    static NodeReport of(Datasets datasets, Fills fills, Ledger ledger) throws LinuxException {
        List<DatasetReport> all = new ArrayList<>();
        for (Dataset dataset : datasets.all()) {
            all.add(DatasetReport.of(dataset, fills, ledger));
        }
        all.sort(Comparator.comparing((DatasetReport report) -> !report.isTroubled())
                .thenComparing(report -> report.id().value()));
        return new NodeReport(all.subList(0, Math.min(MOST, all.size())));
    }

    NodeReport withoutProgress() {
        return new NodeReport(
                datasets.stream().map(DatasetReport::withoutProgress).toList());
    }

    /** With all details that fit. */
    String toJson() {
        String full = toJson(ReportDetail.FULL);
        return full.getBytes(UTF_8).length <= LONGEST ? full : toJson(ReportDetail.BRIEF);
    }

    private String toJson(ReportDetail detail) {
        JsonArray list = new JsonArray();
        datasets.forEach(dataset -> list.add(dataset.toJson(detail)));
        return new JsonObject().put("format", 1).put("datasets", list).encode();
    }
}
