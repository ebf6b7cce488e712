/** The cache folder of a node: its layout on disk, and the pure rules of what fits into it and what has to go. */
@NullMarked
package dev.aquifer.node.cache;

import org.jspecify.annotations.NullMarked;
