/** A pod as far as injection reads it: its containers, volumes and mounts, out of raw JSON. */
@NullMarked
package dev.aquifer.webhook.inject.pod;

import org.jspecify.annotations.NullMarked;
