package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Access;
import org.jspecify.annotations.Nullable;

/**
 * What a container finds at one path of a shared volume.
 *
 * @param path absolute, in the container
 * @param volume {@code owner/name}
 * @param claim the claim through which it is reached; null for an empty directory
 * @param subPath the path within the claim; empty is its root
 * @param sizeLimit the most that a Scratch directory may hold, a Kubernetes quantity; null for no limit
 * @param cached whether it comes from the cache of the node
 */
public record Sight(
        String path,
        Access access,
        String volume,
        String role,
        @Nullable String claim,
        String subPath,
        @Nullable String sizeLimit,
        boolean cached) {}
