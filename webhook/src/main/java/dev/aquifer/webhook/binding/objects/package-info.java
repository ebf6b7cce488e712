/** The objects of pairs as they are to be and as they are, and all else of a cluster that plans are made from. Pure. */
@NullMarked
package dev.aquifer.webhook.binding.objects;

import org.jspecify.annotations.NullMarked;
