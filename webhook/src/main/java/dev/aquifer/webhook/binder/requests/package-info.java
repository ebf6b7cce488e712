/** How the binder speaks to the API server: paths, writes that end with the lease, Events, and how many at once. */
@NullMarked
package dev.aquifer.webhook.binder.requests;

import org.jspecify.annotations.NullMarked;
