/** How a node is, as people read it: the page that {@code aquifer-node status} prints. */
@NullMarked
package dev.aquifer.node.status;

import org.jspecify.annotations.NullMarked;
