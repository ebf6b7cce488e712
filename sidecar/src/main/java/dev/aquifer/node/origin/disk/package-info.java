/** What an origin keeps on its own disk: records of listings, and digests. */
@NullMarked
package dev.aquifer.node.origin.disk;

import org.jspecify.annotations.NullMarked;
