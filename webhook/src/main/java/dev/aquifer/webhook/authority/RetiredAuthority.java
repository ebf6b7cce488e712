package dev.aquifer.webhook.authority;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** An authority that signs no more, trusted until the last leaf it may have signed has expired. */
record RetiredAuthority(X509Certificate certificate, Instant dropAt) {}
