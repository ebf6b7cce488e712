package dev.aquifer.webhook.binding.plan;

import java.time.Instant;

/**
 * A claim that goes and whose pods are to leave it.
 *
 * @param namespace of the claim
 * @param claim its name
 * @param until when they are no longer asked
 */
public record Departure(String namespace, String claim, Instant until) {}
