/**
 * The bindings' I/O shell: watches the cluster, has the plan made, applies the difference. It decides nothing about
 * pairs itself, and writes only while it holds the lease.
 */
@NullMarked
package dev.aquifer.webhook.binder;

import org.jspecify.annotations.NullMarked;
