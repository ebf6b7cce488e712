/** The caches of nodes, as their agents measure them. */
@NullMarked
package dev.aquifer.webhook.command.nodes;

import org.jspecify.annotations.NullMarked;
