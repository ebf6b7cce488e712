/** HTTP for nodes: who may ask, and how records and chunks are sent. */
@NullMarked
package dev.aquifer.node.origin.serve;

import org.jspecify.annotations.NullMarked;
