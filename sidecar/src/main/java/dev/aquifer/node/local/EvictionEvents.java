package dev.aquifer.node.local;

import dev.aquifer.node.cache.Usage;

/** Counts what is removed. */
@FunctionalInterface
public interface EvictionEvents {
    void evicted(Usage freed);
}
