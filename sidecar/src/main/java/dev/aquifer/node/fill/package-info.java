/**
 * Makes the tree of one snapshot in the cache: listing, room, files, attributes, and at last the name under which it is seen.
 * Every byte is checked, and what an earlier run or an older snapshot has is not fetched again.
 */
@NullMarked
package dev.aquifer.node.fill;

import org.jspecify.annotations.NullMarked;
