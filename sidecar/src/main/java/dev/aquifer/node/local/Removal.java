package dev.aquifer.node.local;

import dev.aquifer.node.cache.Removed;
import dev.aquifer.node.linux.LinuxException;

/** Removes something of a dataset, and says what that freed. */
@FunctionalInterface
interface Removal {
    Removed run() throws LinuxException;
}
