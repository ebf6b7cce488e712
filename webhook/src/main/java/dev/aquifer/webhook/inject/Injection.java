package dev.aquifer.webhook.inject;

/**
 * A shared volume that a pod is to get.
 *
 * @param key {@code owner/name}; no two injections of a pod have the same
 * @param role its mounts
 * @param claimName the claim, in the pod's namespace, through which the pod reaches the source
 */
record Injection(String key, RoleMounts role, String claimName) {
    static Injection of(RoleMounts role, String claimName) {
        return new Injection(role.volume().key(), role, claimName);
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
