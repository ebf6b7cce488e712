/** How answers look: tables for people, JSON and YAML for programs. */
@NullMarked
package dev.aquifer.webhook.command.output;

import org.jspecify.annotations.NullMarked;
