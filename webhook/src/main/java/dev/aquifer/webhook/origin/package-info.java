/** What runs in an owner's namespace to fill the caches of nodes: which objects, and what they say. Pure. */
@NullMarked
package dev.aquifer.webhook.origin;

import org.jspecify.annotations.NullMarked;
