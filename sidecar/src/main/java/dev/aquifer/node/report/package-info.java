/** What is said of this node: reports to the webhook, and the status for people on the node. */
@NullMarked
package dev.aquifer.node.report;

import org.jspecify.annotations.NullMarked;
