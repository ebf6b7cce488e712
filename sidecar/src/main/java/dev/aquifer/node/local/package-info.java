/**
 * What this node has of each dataset: whether it is live and where its origin is, who waits for it, the job that fills it, the
 * room that it takes, and what is let go for others.
 */
@NullMarked
package dev.aquifer.node.local;

import org.jspecify.annotations.NullMarked;
