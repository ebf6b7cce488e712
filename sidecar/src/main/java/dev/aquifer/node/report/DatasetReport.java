package dev.aquifer.node.report;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.FillJob;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.OriginNews;
import dev.aquifer.node.local.Refusal;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one dataset is on this node, for the webhook. While nothing changes but a fill's progress, two of them differ in that
 * alone: no ages, no rates.
 *
 * @param snapshot what new pods get; null while there is none
 * @param percent of the fill that is running; 0 while there is none
 * @param bytes that it takes on the node
 * @param refusal why the last fill failed; null if it did not
 * @param trouble what keeps a running fill from going on; empty if nothing does
 * @param damaged what has rotted and cannot be mended; null if nothing has
 * @param news what its origin last said
 * @param inTheWay mount points that cannot be had, because the source has something else there
 */
public record DatasetReport(
        DatasetId id,
        DatasetState state,
        @Nullable SnapshotId snapshot,
        int percent,
        long bytes,
        @Nullable Refusal refusal,
        String trouble,
        @Nullable String damaged,
        OriginNews news,
        List<DatasetPath> inTheWay) {
    public DatasetReport {
        inTheWay = List.copyOf(inTheWay);
    }

    static DatasetReport of(Dataset dataset, DatasetMountPoints mountPoints, Ledger ledger) {
        FillJob job = dataset.job();
        return new DatasetReport(
                dataset.id(),
                DatasetState.of(dataset),
                dataset.current(),
                job == null ? 0 : job.progress().percent(),
                ledger.used(dataset.id()).bytes(),
                dataset.refusal(),
                job == null ? "" : job.trouble(),
                damage(dataset),
                dataset.contact().news(),
                mountPoints.inTheWay(dataset.id()));
    }

    private static @Nullable String damage(Dataset dataset) {
        try {
            for (SnapshotId snapshot : dataset.folder().snapshots()) {
                String damage = dataset.folder().notes().damage(snapshot);
                if (damage != null) {
                    return damage;
                }
            }
            return null;
        } catch (LinuxException unreadable) {
            // the others are to be reported all the same
            return "its folder in the cache cannot be read: " + unreadable.getMessage();
        }
    }

    /** Whether somebody should look at it: those come first where there are too many. */
    boolean isTroubled() {
        return refusal != null || damaged != null || !trouble.isEmpty() || news.goneSince() != null;
    }

    /** Equal for reports between which nothing happened but that bytes came, or that the same was refused again. */
    DatasetReport withoutProgress() {
        return new DatasetReport(
                id,
                state,
                snapshot,
                0,
                0,
                refusal == null ? null : new Refusal(refusal.code(), "", Instant.EPOCH),
                trouble,
                damaged,
                new OriginNews(news.newest(), null, null, news.goneSince(), news.leftOut(), news.changing(), List.of()),
                inTheWay);
    }

    /** As the webhook reads it, so long. */
    JsonObject toJson(ReportDetail detail) {
        JsonObject json = new JsonObject()
                .put("id", id.value())
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("snapshot", snapshot == null ? null : snapshot.hex())
                .put("takenAt", text(snapshot != null && snapshot.equals(news.newest()) ? news.takenAt() : null))
                .put("percent", percent)
                .put("bytes", bytes)
                .put("trouble", detail.text(trouble))
                .put("damaged", damaged == null ? null : detail.text(damaged))
                .put("originGoneSince", text(news.goneSince()))
                .put("leftOut", detail.leftOut(news.leftOut()))
                .put("changing", detail.names(news.changing()))
                .put("mountPointsInTheWay", detail.names(inTheWay));
        if (refusal != null) {
            json.put(
                    "refused",
                    new JsonObject().put("code", refusal.code().name()).put("message", detail.text(refusal.message())));
        }
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
