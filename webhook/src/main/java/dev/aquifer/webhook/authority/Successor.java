package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The authority that will sign next, trusted before it signs.
 *
 * @param shownSince since when every webhook configuration has been seen to trust it; null while one does not
 */
record Successor(CertificateAuthority authority, @Nullable Instant shownSince) {}
