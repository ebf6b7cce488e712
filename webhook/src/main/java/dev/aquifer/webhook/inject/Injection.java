package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.binding.PairName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shared volume that a pod is to get.
 *
 * @param key {@code owner/name}; no two injections of a pod have the same
 * @param role its mounts
 * @param claimName the claim, in the pod's namespace, through which the pod reaches the source; null when the role shows
 *     nothing of it
 * @param hostPath the pod's volume, a hostPath, in whose place the claim comes; null for none
 */
record Injection(
        String key,
        RoleMounts role,
        @Nullable String claimName,
        @Nullable String hostPath) {
    static Injection of(RoleMounts role, @Nullable String claimName, @Nullable String hostPath) {
        return new Injection(role.volume().key(), role, claimName, hostPath);
    }

    /** The claim of a role that shows something of the source. */
    String claim() {
        return Objects.requireNonNull(claimName, "a role that reads or writes has a claim");
    }

    /** Whether the claim is one of the binder's, which the pod may use in no other way than the role's. */
    boolean reserved() {
        return claimName != null && PairName.isReserved(claimName);
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
