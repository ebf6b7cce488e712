package dev.aquifer.webhook.api;

import org.jspecify.annotations.Nullable;

/**
 * One path of a role, with the access to it.
 *
 * @param path relative to the volume's root; {@code /} is the root itself
 * @param sizeLimit a Kubernetes quantity such as {@code 20Gi}; for {@link Access#Scratch} only
 */
public record PathRule(String path, Access access, @Nullable String sizeLimit) {}
