/** How the binder's own pods run, and its Jobs: what they say. Pure. */
@NullMarked
package dev.aquifer.webhook.workload;

import org.jspecify.annotations.NullMarked;
