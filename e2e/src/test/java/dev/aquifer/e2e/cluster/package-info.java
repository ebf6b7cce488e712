/** The cluster of these tests itself: the script {@code e2e/cluster} and the build behind it. */
@NullMarked
package dev.aquifer.e2e.cluster;

import org.jspecify.annotations.NullMarked;
