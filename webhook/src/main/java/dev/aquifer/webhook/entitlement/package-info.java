/** Who may use which shared volume in which role: pure functions, no I/O. */
@NullMarked
package dev.aquifer.webhook.entitlement;

import org.jspecify.annotations.NullMarked;
