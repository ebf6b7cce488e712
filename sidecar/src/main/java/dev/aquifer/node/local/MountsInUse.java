package dev.aquifer.node.local;

import dev.aquifer.node.link.MountedRoot;
import java.io.IOException;
import java.util.Set;

/** Knows which directories are mounted on the node now. */
@FunctionalInterface
public interface MountsInUse {
    /**
     * Looks now.
     *
     * @throws IOException if that cannot be known: then everything may be in use
     */
    Set<MountedRoot> look() throws IOException;
}
