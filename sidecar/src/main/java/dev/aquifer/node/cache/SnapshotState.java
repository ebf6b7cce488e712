package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import java.time.Instant;

/**
 * A complete snapshot, as far as eviction is concerned.
 *
 * @param lastMounted when a pod was last given it, or it became complete
 * @param inUse mounted, or promised to somebody who is about to mount it
 */
public record SnapshotState(DatasetId dataset, SnapshotId snapshot, Instant lastMounted, boolean inUse) {}
