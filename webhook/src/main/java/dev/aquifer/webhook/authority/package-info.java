/**
 * The webhook's certificates: an authority kept in one Secret, a leaf per replica in memory, and the trust bundle in the
 * webhook configurations. What to do is decided by pure rules; the Kubernetes client is behind two interfaces.
 */
@NullMarked
package dev.aquifer.webhook.authority;

import org.jspecify.annotations.NullMarked;
