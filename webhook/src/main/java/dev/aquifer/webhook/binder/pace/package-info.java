/** How soon, how often and in what order something is done again. No I/O. */
@NullMarked
package dev.aquifer.webhook.binder.pace;

import org.jspecify.annotations.NullMarked;
