package dev.aquifer.node.origin;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.origin.snapshots.OnUnreadable;
import dev.aquifer.node.origin.walk.OnChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What an origin serves, and how.
 *
 * @param source the folder; only ever read
 * @param excluded paths below it that are no part of any snapshot
 * @param mountPoints a file with a JSON array of the directories that pods mount other volumes on; none where it is not there
 * @param keyHash SHA-256 of the dataset's fetch key
 * @param refresh age from which a listing is old
 * @param state an own folder, for listings and digests
 * @param port 0 for any free one
 * @param bytesPerSecond upper bound for all files that are sent; 0 for none
 */
public record OriginSettings(
        Path source,
        DatasetId dataset,
        Set<DatasetPath> excluded,
        Path mountPoints,
        Hash keyHash,
        Duration refresh,
        OnUnreadable onUnreadable,
        OnChange onChange,
        Path state,
        int port,
        long bytesPerSecond) {
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);

    public OriginSettings {
        excluded = Set.copyOf(excluded);
        if (excluded.contains(DatasetPath.ROOT)) {
            throw new IllegalArgumentException("Expected to exclude paths below the source, found the source itself");
        }
        if (refresh.compareTo(SHORTEST_REFRESH) < 0) {
            throw new IllegalArgumentException("Expected a refresh of at least 1 s, found " + refresh);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("Expected a bandwidth of 0 or more, found " + bytesPerSecond);
        }
    }
}
