package dev.aquifer.webhook.entitlement;

import org.jspecify.annotations.Nullable;

/**
 * One item of a pod's {@code aquifer.dev/volumes} annotation.
 *
 * @param owner the owner's namespace; null leaves it to the accepted owners
 * @param role the role asked for; null leaves it to the pod's labels and the volume's default
 */
public record VolumeRequest(
        @Nullable String owner, String name, @Nullable String role) {

    /** The item as a pod's author writes it. */
    @Override
    public String toString() {
        return (owner == null ? "" : owner + "/") + name + (role == null ? "" : "@" + role);
    }
}
