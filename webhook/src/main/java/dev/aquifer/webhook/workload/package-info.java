/** Durations as Kubernetes writes them. */
@NullMarked
package dev.aquifer.webhook.workload;

import org.jspecify.annotations.NullMarked;
