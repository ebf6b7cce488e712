/**
 * The bindings' I/O shell: watches the cluster, has the plan made, applies the difference. It decides nothing about
 * pairs itself, and writes only while it holds the lease. Here is how a leader looks at one shared volume; what it looks at
 * and what it does are in the packages below, none of which knows this one.
 */
@NullMarked
package dev.aquifer.webhook.binder;

import org.jspecify.annotations.NullMarked;
