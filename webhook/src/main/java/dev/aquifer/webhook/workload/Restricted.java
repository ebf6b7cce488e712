package dev.aquifer.webhook.workload;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How the binder's own pods run: within Pod Security {@code restricted}, and without an fsGroup, by which kubelet would
 * chown the source that they mount.
 */
public final class Restricted {
    private static final long NOBODY = 65_532;

    private Restricted() {}

    /**
     * The pod's part.
     *
     * @param user null for one that owns nothing, and so the group
     */
    public static PodSecurityContext pod(@Nullable Long user, @Nullable Long group) {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(user == null ? NOBODY : user)
                .withRunAsGroup(group == null ? NOBODY : group)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    /** The part of each container, which writes nothing into its image. */
    public static SecurityContext container() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
