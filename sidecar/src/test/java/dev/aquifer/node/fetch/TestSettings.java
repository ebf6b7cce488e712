package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Usage;
import java.nio.file.Path;

/** How the node of a test fetches. */
final class TestSettings {
    private TestSettings() {}

    /** With sockets and lists in the folder, and room for a gigabyte. */
    static FetchSettings settings(Path folder, Path cache, boolean verity, long scrubBytesPerSecond, int workers) {
        return new FetchSettings(
                cache,
                folder.resolve("fetch.sock"),
                folder.resolve("mount.sock"),
                folder.resolve("datasets"),
                folder.resolve("keys"),
                new Quota(new Usage(1L << 30, 100_000), 90, 80),
                new FreeSpaceFloor(0),
                verity,
                scrubBytesPerSecond,
                2,
                workers);
    }
}
