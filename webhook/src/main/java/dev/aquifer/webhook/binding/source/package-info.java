/** Where the data of a shared volume lies, and what a volume that leads there is made of. Pure. */
@NullMarked
package dev.aquifer.webhook.binding.source;

import org.jspecify.annotations.NullMarked;
