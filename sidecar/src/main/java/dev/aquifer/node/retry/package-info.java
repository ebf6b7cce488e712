/** How long to wait before what failed is tried again. Only classes of the JDK. */
@NullMarked
package dev.aquifer.node.retry;

import org.jspecify.annotations.NullMarked;
