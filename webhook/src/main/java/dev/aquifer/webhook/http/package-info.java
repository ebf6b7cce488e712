/** What our HTTP servers have in common: what they bear of clients that ask for too much. */
@NullMarked
package dev.aquifer.webhook.http;

import org.jspecify.annotations.NullMarked;
