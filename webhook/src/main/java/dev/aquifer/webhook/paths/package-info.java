/** Makes the directories that the paths of roles need, once, in the source of a shared volume. */
@NullMarked
package dev.aquifer.webhook.paths;

import org.jspecify.annotations.NullMarked;
