package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live dataset, as the binder lists it.
 *
 * @param sharedVolume {@code owner/name}, for people
 * @param origin the URI in the certificate of the only origin to be believed
 * @param originAddress {@code host:port}
 * @param mountPoints directories that pods mount other volumes on
 * @param refresh how often the source is looked at
 * @param prefetch which nodes fill without being asked
 * @param maxBytes what the dataset may take on a node; null for no limit of its own
 */
public record DatasetEntry(
        DatasetId id,
        String sharedVolume,
        String origin,
        String originAddress,
        List<DatasetPath> mountPoints,
        Duration refresh,
        PrefetchRule prefetch,
        @Nullable Long maxBytes) {
    public DatasetEntry {
        mountPoints = List.copyOf(mountPoints);
    }

    /** Whether it says who the origin is: one that could not be read says no more than that its dataset is live. */
    public boolean namesOrigin() {
        return !origin.isEmpty() && !originAddress.isEmpty();
    }
}
