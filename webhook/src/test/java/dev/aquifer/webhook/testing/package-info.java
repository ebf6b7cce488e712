/** What tests of several packages and modules share: a real API server, what others would write there, and programs of ours. */
@NullMarked
package dev.aquifer.webhook.testing;

import org.jspecify.annotations.NullMarked;
