/** Durations as Kubernetes writes them. */
@NullMarked
package dev.aquifer.webhook.duration;

import org.jspecify.annotations.NullMarked;
