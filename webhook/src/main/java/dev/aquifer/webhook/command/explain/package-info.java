/** What a pod would see, in which role, by which grant, or why not: what admission decides, in words. */
@NullMarked
package dev.aquifer.webhook.command.explain;

import org.jspecify.annotations.NullMarked;
