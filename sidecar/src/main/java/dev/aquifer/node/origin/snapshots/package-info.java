/** Which listing is the newest, when the source is looked at again, and what keeps changing. */
@NullMarked
package dev.aquifer.node.origin.snapshots;

import org.jspecify.annotations.NullMarked;
