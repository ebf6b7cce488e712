package dev.aquifer.webhook.authority;

import java.time.Instant;

/**
 * The authority as it was read.
 *
 * @param readAt before the read was asked for, so that the state was in force then or later
 */
record CurrentAuthority(AuthorityState state, Instant readAt) {}
