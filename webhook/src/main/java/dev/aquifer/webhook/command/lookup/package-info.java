/** The objects that answers are made of, out of files or a cluster. */
@NullMarked
package dev.aquifer.webhook.command.lookup;

import org.jspecify.annotations.NullMarked;
