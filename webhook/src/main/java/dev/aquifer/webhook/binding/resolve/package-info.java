/** From what an owner wrote to what his volumes are made of, or why nothing can be. Pure. */
@NullMarked
package dev.aquifer.webhook.binding.resolve;

import org.jspecify.annotations.NullMarked;
