/** Pods in view of a volume's pairs: those that use a claim, wait with it, have to leave it, or run without the volume. */
@NullMarked
package dev.aquifer.webhook.binder.pods;

import org.jspecify.annotations.NullMarked;
