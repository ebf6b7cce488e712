/** What the readers of JSON have in common. */
@NullMarked
package dev.aquifer.webhook.json;

import org.jspecify.annotations.NullMarked;
