/** The program {@code aquifer-node}: node agent and origin. */
@NullMarked
package dev.aquifer.node;

import org.jspecify.annotations.NullMarked;
