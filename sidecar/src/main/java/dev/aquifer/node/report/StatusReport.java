package dev.aquifer.node.report;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.FillJob;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.MountsInUse;
import dev.aquifer.node.local.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that the agent knows of its datasets, as JSON for people and programs on the node. */
public record StatusReport(
        Datasets datasets, DatasetMountPoints mountPoints, Ledger ledger, Usage quota, MountsInUse mounts) {
    public JsonObject make() {
        Usage used = ledger.total();
        JsonArray list = new JsonArray();
        List<MountedRoot> roots = roots();
        for (Dataset dataset : datasets.all()) {
            list.add(describe(dataset, roots));
        }
        return new JsonObject()
                .put("usedBytes", used.bytes())
                .put("usedInodes", used.inodes())
                .put("quotaBytes", quota.bytes())
                .put("quotaInodes", quota.inodes())
                .put("mountsKnown", roots != null)
                .put("datasets", list);
    }

    private @Nullable List<MountedRoot> roots() {
        try {
            return mounts.look();
        } catch (IOException notNow) {
            return null;
        }
    }

    private JsonObject describe(Dataset dataset, @Nullable List<MountedRoot> roots) {
        JsonObject json = new JsonObject()
                .put("id", dataset.id().value())
                .put("name", dataset.connection().name())
                .put("state", DatasetState.of(dataset).name().toLowerCase(Locale.ROOT))
                .put("usedBytes", ledger.used(dataset.id()).bytes());
        SnapshotId current = dataset.current();
        if (current != null) {
            json.put("snapshot", current.hex());
        }
        FillJob job = dataset.job();
        if (job != null) {
            json.put("fill", fill(job));
        }
        Refusal refusal = dataset.refusal();
        if (refusal != null) {
            json.put(
                    "refused",
                    new JsonObject().put("code", refusal.code().name()).put("message", refusal.message()));
        }
        JsonArray inTheWay = new JsonArray();
        mountPoints.inTheWay(dataset.id()).stream().map(DatasetPath::toString).forEach(inTheWay::add);
        json.put("leftOut", ReportDetail.FULL.leftOut(dataset.contact().news().leftOut()))
                .put("mountPointsInTheWay", inTheWay);
        try {
            json.put("snapshots", snapshots(dataset, roots));
        } catch (LinuxException failure) {
            // the others are not to be hidden by it
            json.put("snapshots", new JsonArray()).put("unreadable", failure.getMessage());
        }
        return json;
    }

    private static JsonObject fill(FillJob job) {
        SnapshotId filling = job.filling();
        Progress progress = job.progress();
        Totals totals = progress.totals();
        return new JsonObject()
                .put("snapshot", filling == null ? null : filling.hex())
                .put("percent", progress.percent())
                .put("totalBytes", totals == null ? null : totals.bytes())
                .put("doneBytes", progress.doneBytes())
                .put("fetchedBytes", progress.fetchedBytes())
                .put("bytesPerSecond", (long) progress.rate())
                .put("message", job.sentence());
    }

    private static JsonArray snapshots(Dataset dataset, @Nullable List<MountedRoot> roots) throws LinuxException {
        JsonArray list = new JsonArray();
        for (SnapshotId snapshot : dataset.folder().snapshots()) {
            try {
                list.add(describe(dataset, snapshot, roots));
            } catch (LinuxException failure) {
                // it may have been let go since it was listed
                if (dataset.folder().isComplete(snapshot)) {
                    throw failure;
                }
            }
        }
        return list;
    }

    private static JsonObject describe(Dataset dataset, SnapshotId snapshot, @Nullable List<MountedRoot> roots)
            throws LinuxException {
        JsonObject json = describe(dataset.folder(), snapshot);
        if (roots != null) {
            json.put("mounts", Collections.frequency(roots, Evictor.root(dataset, snapshot)));
        }
        return json;
    }

    private static JsonObject describe(DatasetFolder folder, SnapshotId snapshot) throws LinuxException {
        JsonObject json = new JsonObject()
                .put("id", snapshot.hex())
                .put("lastMounted", folder.notes().marked(snapshot).toString());
        try {
            json.put("bytes", folder.root(snapshot).totals().bytes());
        } catch (IOException | InvalidListing unreadable) {
            // the others are not to be hidden by it
            json.put("damaged", unreadable.getMessage());
        }
        String damage = folder.notes().damage(snapshot);
        if (damage != null) {
            json.put("damaged", damage);
        }
        return json;
    }
}
