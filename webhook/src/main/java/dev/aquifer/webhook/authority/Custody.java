package dev.aquifer.webhook.authority;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one look at the authority.
 *
 * @param authority as last read, now or earlier; null when there never was one
 * @param isFresh whether it was read in this look; an older one is never published, since it could take a newer back
 * @param health whether it is kept as it should be
 */
record Custody(@Nullable CurrentAuthority authority, boolean isFresh, Condition health) {}
