/** The program {@code aquifer}. */
@NullMarked
package dev.aquifer.webhook;

import org.jspecify.annotations.NullMarked;
