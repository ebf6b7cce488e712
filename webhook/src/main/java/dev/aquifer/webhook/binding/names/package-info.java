/** What the two objects of a pair are called and marked, so that anyone finds them again. Pure. */
@NullMarked
package dev.aquifer.webhook.binding.names;

import org.jspecify.annotations.NullMarked;
