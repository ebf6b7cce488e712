package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.MissingRecordException;
import dev.aquifer.node.cache.RecordStore;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.ListingFetch;
import dev.aquifer.node.fill.RecordGoneException;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.remote.OriginClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one snapshot through, and mends it. What fails keeps nothing else from being looked at; what can neither be checked
 * nor had again is marked as damage.
 */
final class SnapshotScrub {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotScrub.class);
    private static final int MOST_SHOWN = 3;

    private final Dataset dataset;
    private final SnapshotId snapshot;
    private final ScrubMeans means;
    private final List<String> damage = new ArrayList<>();
    private @Nullable Integer left;
    private @Nullable IOException failure;

    SnapshotScrub(Dataset dataset, SnapshotId snapshot, ScrubMeans means) {
        this.dataset = dataset;
        this.snapshot = snapshot;
        this.means = means;
    }

    /**
     * Does all of it, once.
     *
     * @throws IOException if something is still to be done, for which the origin or the key of a pod is wanted
     */
    void run(long bytesPerSecond) throws IOException {
        boolean whole = mendListing();
        Pace pace = new Pace(bytesPerSecond, System::nanoTime);
        try (SnapshotCheck check =
                new SnapshotCheck(dataset.folder(), snapshot, pace, means.events(), means.stopped())) {
            check(check, whole);
            damage.addAll(check.unreadable());
            mend(check.rotten());
            if (check.hasMore() && failure == null) {
                failure = new IOException("more files have rotted than are mended at once");
            }
        }
        note();
        if (failure != null) {
            throw failure;
        }
    }

    /** How many files are known to have rotted and are not mended yet; null where it did not come so far. */
    @Nullable Integer left() {
        return left;
    }

    /** What is lost of the listing can be had again, whatever the source is now, as long as the origin knows it. */
    private boolean mendListing() {
        if (!dataset.connection().canFetch()) {
            return true;
        }
        try (OriginClient origin = means.origins().of(dataset)) {
            RecordStore records = dataset.folder().records();
            long fetched = new ListingFetch(origin, records, Long.MAX_VALUE, means.stopped())
                    .fetch(dataset.folder().root(snapshot))
                    .records();
            if (fetched > 0) {
                LOG.warn("event=listing-mended dataset={} snapshot={} records={}", dataset.id(), snapshot, fetched);
                // while one was missing, nothing was swept up
                dataset.leftovers().left();
            }
        } catch (RecordGoneException gone) {
            damage.add("its listing has lost records that the origin no longer has: not all of it can be checked");
            return false;
        } catch (InvalidListing wrong) {
            failure = new IOException("the origin's listing is not valid: " + wrong.getMessage(), wrong);
        } catch (IOException notYet) {
            failure = notYet;
        }
        return true;
    }

    /** Files are right or wrong whether or not the listing is whole. */
    private void check(SnapshotCheck check, boolean whole) throws IOException {
        try {
            check.run();
        } catch (MissingRecordException missing) {
            if (whole) {
                failure = missing;
            }
        }
    }

    private void mend(List<RottenFile> rotten) {
        Mending.Outcome outcome = new Mending(dataset, snapshot, means).mend(rotten);
        damage.addAll(outcome.lost());
        left = outcome.left();
        if (outcome.failure() != null) {
            failure = outcome.failure();
        }
    }

    private void note() throws LinuxException {
        String before = dataset.folder().notes().damage(snapshot);
        if (damage.isEmpty()) {
            if (failure == null && before != null) {
                dataset.mended(snapshot);
                LOG.info("event=snapshot-mended dataset={} snapshot={}", dataset.id(), snapshot);
            }
            return;
        }
        String now = sentence();
        if (!now.equals(before) && dataset.folder().isComplete(snapshot)) {
            damage.forEach(_ -> means.events().damaged());
            dataset.damaged(snapshot, now);
            LOG.error("event=snapshot-damaged dataset={} snapshot={} what=\"{}\"", dataset.id(), snapshot, now);
        }
    }

    private String sentence() {
        String shown = String.join("; ", damage.subList(0, Math.min(MOST_SHOWN, damage.size())));
        return damage.size() <= MOST_SHOWN
                ? shown
                : "%s; and %d files more".formatted(shown, damage.size() - MOST_SHOWN);
    }
}
