/** What there is of Aquifer in a cluster, and how it stands. */
@NullMarked
package dev.aquifer.webhook.command.status;

import org.jspecify.annotations.NullMarked;
