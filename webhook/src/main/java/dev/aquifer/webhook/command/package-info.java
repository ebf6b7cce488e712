/** The command line for people, {@code aquifer} or {@code kubectl aquifer}: it asks, and changes nothing. */
@NullMarked
package dev.aquifer.webhook.command;

import org.jspecify.annotations.NullMarked;
