package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.Usage;

/** Counts what is removed. */
@FunctionalInterface
interface EvictionEvents {
    void evicted(Usage freed);
}
