/** Has the directories that the paths of roles need made by Jobs, and says which are there. */
@NullMarked
package dev.aquifer.webhook.binder.directories;

import org.jspecify.annotations.NullMarked;
