/**
 * What the binder knows of the cluster: what watches brought, whom a change concerns, and what was written and has not come
 * back yet. All of it is in memory but for what one last look at the API server confirms.
 */
@NullMarked
package dev.aquifer.webhook.binder.known;

import org.jspecify.annotations.NullMarked;
