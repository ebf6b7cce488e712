package dev.aquifer.webhook.inject;

/**
 * A shared volume that a pod is to get.
 *
 * @param role its mounts
 * @param claimName the claim, in the pod's namespace, through which the pod reaches the source
 */
record Injection(RoleMounts role, String claimName) {
    String key() {
        return role.volume().key();
    }
}
