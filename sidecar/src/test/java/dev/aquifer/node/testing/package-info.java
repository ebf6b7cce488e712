/** What tests of several packages share. */
@NullMarked
package dev.aquifer.node.testing;

import org.jspecify.annotations.NullMarked;
