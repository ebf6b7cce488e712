package dev.aquifer.node.local;

import dev.aquifer.node.link.MountedRoot;
import java.io.IOException;
import java.util.List;

/** Knows which directories are mounted on the node now. */
@FunctionalInterface
public interface MountsInUse {
    /**
     * Looks now; has a directory as often as it is mounted.
     *
     * @throws IOException if that cannot be known: then everything may be in use
     */
    List<MountedRoot> look() throws IOException;
}
