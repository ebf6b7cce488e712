/** From a source to a listing: the walk of all of it, and of what changed alone. */
@NullMarked
package dev.aquifer.node.origin.walk;

import org.jspecify.annotations.NullMarked;
