/** What is wrong with an installation, how bad it is, and what to do: each check looks at objects and says what it found. */
@NullMarked
package dev.aquifer.webhook.command.doctor;

import org.jspecify.annotations.NullMarked;
