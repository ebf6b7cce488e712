/** What pairs of PersistentVolume and claim there should be, and how to get there from what there is. Pure. */
@NullMarked
package dev.aquifer.webhook.binding.plan;

import org.jspecify.annotations.NullMarked;
