/**
 * System calls of Linux, on descriptors and names of bytes; the only package that sees {@code java.lang.foreign}.
 * A call holds its carrier thread until the kernel answers: long ones belong on platform threads.
 */
@NullMarked
package dev.aquifer.node.linux;

import org.jspecify.annotations.NullMarked;
