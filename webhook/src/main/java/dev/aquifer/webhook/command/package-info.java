/** The command line for people, {@code aquifer} or {@code kubectl aquifer}. What containers run is in {@code cli}. */
@NullMarked
package dev.aquifer.webhook.command;

import org.jspecify.annotations.NullMarked;
