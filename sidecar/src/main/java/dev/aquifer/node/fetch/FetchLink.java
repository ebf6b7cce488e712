package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.link.Caller;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkHandler;
import dev.aquifer.node.link.LinkRequest;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Fills;
import dev.aquifer.node.local.Interests;
import dev.aquifer.node.remote.OriginClients;
import dev.aquifer.node.remote.Peer;
import dev.aquifer.node.report.StatusReport;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the process that mounts. */
final class FetchLink implements LinkHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FetchLink.class);
    private static final Pattern DIRECTORY = Pattern.compile("datasets/([0-9a-f]{32})/snapshots/([0-9a-f]{64})");

    private final Datasets datasets;
    private final Fills fills;
    private final OriginClients origins;
    private final FetchMeters meters;
    private final StatusReport status;

    FetchLink(Datasets datasets, Fills fills, OriginClients origins, FetchMeters meters, StatusReport status) {
        this.datasets = datasets;
        this.fills = fills;
        this.origins = origins;
        this.meters = meters;
        this.status = status;
    }

    @Override
    public LinkAnswer answer(LinkRequest request, Caller caller) throws InterruptedException {
        try {
            return switch (request) {
                case LinkRequest.Acquire acquire -> acquire(acquire, caller);
                case LinkRequest.Forget forget -> {
                    datasets.all().forEach(dataset -> dataset.interests().forget(forget.target()));
                    yield new LinkAnswer.Noted();
                }
                case LinkRequest.Published published -> {
                    meters.published(published.outcome(), published.took());
                    yield new LinkAnswer.Noted();
                }
                case LinkRequest.Condition condition -> condition(condition.directory());
                case LinkRequest.Status _ -> new LinkAnswer.Status(status.make());
                case LinkRequest.Reach reach -> reach(reach);
                case LinkRequest.Mounts _, LinkRequest.Volumes _ ->
                    new LinkAnswer.Refused(RefusalCode.INVALID_ARGUMENT, "the process that fetches mounts nothing");
            };
        } catch (InvalidListing | IllegalArgumentException wrong) {
            return new LinkAnswer.Refused(RefusalCode.INVALID_ARGUMENT, String.valueOf(wrong.getMessage()));
        } catch (IOException failure) {
            return new LinkAnswer.Refused(
                    RefusalCode.INTERNAL, "the cache folder cannot be used: " + failure.getMessage());
        }
    }

    private LinkAnswer acquire(LinkRequest.Acquire request, Caller caller) throws IOException, InterruptedException {
        DatasetId id = new DatasetId(request.attributes().dataset());
        DatasetKey key = DatasetKey.parse(request.key());
        Dataset dataset = datasets.get(id);
        dataset.connect(before -> before.with(request.attributes(), key));
        Interests interests = dataset.interests();
        interests.connect(request.target());
        caller.whenGone(() -> interests.linger(request.target()));
        if (dataset.job() != null) {
            meters.joined();
        }
        LinkAnswer.OfAcquire answer = dataset.acquire(request.timeout(), fills::awaited, snapshot -> {
            caller.whenGone(() -> dataset.pins().release(snapshot));
            interests.forget(request.target());
        });
        if (answer instanceof LinkAnswer.Ready ready) {
            mark(dataset, SnapshotId.parse(ready.snapshot()));
        }
        return answer;
    }

    /** A disk without room keeps nobody from what is complete: at worst it is let go too early. */
    private static void mark(Dataset dataset, SnapshotId snapshot) {
        try {
            dataset.folder().notes().mark(snapshot);
        } catch (LinuxException failure) {
            LOG.warn(
                    "event=mark-failed dataset={} snapshot={} error=\"{}\"",
                    dataset.id(),
                    snapshot,
                    failure.getMessage());
        }
    }

    private LinkAnswer reach(LinkRequest.Reach request) {
        try {
            Peer peer =
                    new Peer(request.attributes().origin(), request.attributes().originAddress());
            origins.reach(peer);
            return new LinkAnswer.Noted();
        } catch (IOException away) {
            return new LinkAnswer.Refused(RefusalCode.UNAVAILABLE, String.valueOf(away.getMessage()));
        }
    }

    private LinkAnswer condition(String directory) throws IOException {
        Matcher matcher = DIRECTORY.matcher(directory);
        Dataset dataset = matcher.matches() ? datasets.find(new DatasetId(matcher.group(1))) : null;
        if (dataset == null || !dataset.folder().isComplete(SnapshotId.parse(matcher.group(2)))) {
            return new LinkAnswer.Refused(RefusalCode.NOT_FOUND, "there is no snapshot '%s'".formatted(directory));
        }
        SnapshotId snapshot = SnapshotId.parse(matcher.group(2));
        SnapshotRoot root = dataset.folder().root(snapshot);
        String damage = dataset.folder().notes().damage(snapshot);
        String message = damage == null
                ? "snapshot %s of %s".formatted(snapshot, dataset.connection().name())
                : "damaged: " + damage;
        return new LinkAnswer.Condition(
                damage != null,
                message,
                root.totals().entries() + 1,
                root.totals().bytes());
    }
}
