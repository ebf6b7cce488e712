/** Reads the cache again, for ever, and mends what has rotted. */
@NullMarked
package dev.aquifer.node.scrub;

import org.jspecify.annotations.NullMarked;
