/** Waiting for what others bring about, with a sentence and a bar that say how far it is. */
@NullMarked
package dev.aquifer.webhook.command.waiting;

import org.jspecify.annotations.NullMarked;
