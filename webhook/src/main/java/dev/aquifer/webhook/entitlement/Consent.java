package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Grant;

/**
 * A grant by which a pod may take a role.
 *
 * @param index its place in {@code spec.access}, from 0
 */
public record Consent(int index, Grant grant) {}
