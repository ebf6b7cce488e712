package dev.aquifer.node.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetEntry;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.Prefetch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How this node's datasets are, for the webhook.
 *
 * @param datasets at most {@value #MOST}, those that somebody should look at first
 * @param unselected datasets that only other nodes prefetch, and that there is nothing of here; at most {@value #MOST_UNSELECTED}
 * @param asksForLabels whether the webhook is to answer with the labels of this node
 */
public record NodeReport(List<DatasetReport> datasets, List<DatasetId> unselected, boolean asksForLabels) {
    static final int MOST = 500;
    static final int MOST_UNSELECTED = 1_000;
    /** In bytes; the webhook takes no longer one. */
    static final int LONGEST = 1 << 20;

    public NodeReport {
        datasets = List.copyOf(datasets);
        unselected = List.copyOf(unselected);
    }

    public static NodeReport of(Datasets datasets, DatasetMountPoints mountPoints, Ledger ledger, Prefetch prefetch) {
        List<DatasetReport> all = new ArrayList<>();
        Set<DatasetId> here = new HashSet<>();
        for (Dataset dataset : datasets.all()) {
            DatasetReport report = DatasetReport.of(dataset, mountPoints, ledger);
            all.add(report);
            if (report.state() != DatasetState.IDLE) {
                here.add(report.id());
            }
        }
        all.sort(Comparator.comparing((DatasetReport report) -> !report.isTroubled())
                .thenComparing(report -> report.id().value()));
        List<DatasetId> unselected = prefetch.forOthers().stream()
                .map(DatasetEntry::id)
                .filter(id -> !here.contains(id))
                .sorted(Comparator.comparing(DatasetId::value))
                .limit(MOST_UNSELECTED)
                .toList();
        return new NodeReport(all.subList(0, Math.min(MOST, all.size())), unselected, prefetch.asksForLabels());
    }

    NodeReport withoutProgress() {
        return new NodeReport(
                datasets.stream().map(DatasetReport::withoutProgress).toList(), unselected, asksForLabels);
    }

    /** With all details that fit. */
    String toJson() {
        String full = toJson(ReportDetail.FULL);
        return full.getBytes(UTF_8).length <= LONGEST ? full : toJson(ReportDetail.BRIEF);
    }

    private String toJson(ReportDetail detail) {
        JsonArray list = new JsonArray();
        datasets.forEach(dataset -> list.add(dataset.toJson(detail)));
        return new JsonObject()
                .put("format", 1)
                .put("asksForLabels", asksForLabels)
                .put(
                        "unselected",
                        new JsonArray(unselected.stream().map(DatasetId::value).toList()))
                .put("datasets", list)
                .encode();
    }
}
