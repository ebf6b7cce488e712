/** What tests of several packages and modules share: a real API server. */
@NullMarked
package dev.aquifer.webhook.testing;

import org.jspecify.annotations.NullMarked;
