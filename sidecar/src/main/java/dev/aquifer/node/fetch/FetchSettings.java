package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Quota;
import java.nio.file.Path;

/**
 * How one node fetches.
 *
 * @param cache the folder that snapshots are in
 * @param socket where the process that mounts asks
 * @param mountSocket where that process answers what is mounted
 * @param datasets folder of the binder's lists
 * @param keys folder of keys for prefetching, by dataset
 * @param verity whether files get fs-verity
 * @param scrubBytesPerSecond how much is read again; 0 for nothing
 * @param fills at once
 * @param workers threads and connections of each
 */
public record FetchSettings(
        Path cache,
        Path socket,
        Path mountSocket,
        Path datasets,
        Path keys,
        Quota quota,
        FreeSpaceFloor floor,
        boolean verity,
        long scrubBytesPerSecond,
        int fills,
        int workers) {}
