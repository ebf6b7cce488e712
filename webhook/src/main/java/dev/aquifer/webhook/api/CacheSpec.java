package dev.aquifer.webhook.api;

import org.jspecify.annotations.Nullable;

/**
 * How the nodes cache a shared volume whose read path is {@link ReadPath#Cached}.
 *
 * @param refresh how often the source is looked at for changes: a duration such as {@code 10m}
 * @param prefetch whether nodes fetch all of it before a pod asks
 * @param maxBytes the most it may take on a node: a Kubernetes quantity
 */
public record CacheSpec(
        @Nullable String refresh,
        @Nullable Boolean prefetch,
        @Nullable String maxBytes) {}
