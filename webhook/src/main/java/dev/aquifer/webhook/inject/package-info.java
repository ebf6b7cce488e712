/** The change to a pod that gives it its shared volumes: pure functions over raw JSON. */
@NullMarked
package dev.aquifer.webhook.inject;

import org.jspecify.annotations.NullMarked;
