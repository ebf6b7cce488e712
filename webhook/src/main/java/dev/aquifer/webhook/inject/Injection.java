package dev.aquifer.webhook.inject;

import org.jspecify.annotations.Nullable;

/**
 * A shared volume that a pod is to get.
 *
 * @param key {@code owner/name}; no two injections of a pod have the same
 * @param role its mounts
 * @param claims those through which the pod reaches it
 * @param hostPath the pod's volume, a hostPath, in whose place the claim of the root comes; null for none
 */
record Injection(
        String key,
        RoleMounts role,
        Claims claims,
        @Nullable String hostPath) {
    static Injection of(RoleMounts role, Claims claims, @Nullable String hostPath) {
        return new Injection(role.volume().key(), role, claims, hostPath);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Injection injection && key.equals(injection.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
