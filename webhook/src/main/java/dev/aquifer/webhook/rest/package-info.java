/** Requests to the API server as JSON trees, so that fields which no model of ours knows survive. */
@NullMarked
package dev.aquifer.webhook.rest;

import org.jspecify.annotations.NullMarked;
