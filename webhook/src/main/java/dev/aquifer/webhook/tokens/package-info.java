/**
 * Requests of those who prove with a service-account token who they are: the token's name, as far as the API server vouches
 * for it, and HTTP that is bounded before anybody knows who calls.
 */
@NullMarked
package dev.aquifer.webhook.tokens;

import org.jspecify.annotations.NullMarked;
