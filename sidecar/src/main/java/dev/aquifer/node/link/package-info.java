/** What the node's two processes say to each other over unix sockets: the records, their form on the wire, both ends. */
@NullMarked
package dev.aquifer.node.link;

import org.jspecify.annotations.NullMarked;
