package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pods from taking a source's files from each other on nodes with SELinux: there the runtime gives all files of
 * some volumes that a container may write the container's own label, and whoever runs with another level is locked out.
 */
final class SeLinux {
    private SeLinux() {}

    /** Why these containers of the pod may not have the volume's mounts, as a sentence without its end; null when they may. */
    static @Nullable String objection(Pod pod, List<Container> containers, Injection injection) {
        RoleMounts role = injection.role();
        if (!role.mayRelabel(Claims.reserved(injection.claims().direct()))) {
            return null;
        }
        String level = role.volume().spec().seLinuxLevel();
        if (level == null) {
            return "nodes with SELinux would relabel all files of volume \"%s\" for this pod alone, or may do so, and others would lose them; take a role that only reads, or have the owner set spec.seLinuxLevel, one level for all pods that write"
                    .formatted(injection.key());
        }
        for (Container container : containers) {
            if (!pod.seLinuxLevel(container).equals(level)) {
                return "container \"%s\" has the SELinux level \"%s\", with which it would take the files of volume \"%s\" from other pods; set securityContext.seLinuxOptions.level to \"%s\", or take a role that only reads"
                        .formatted(container.name(), pod.seLinuxLevel(container), injection.key(), level);
            }
        }
        return null;
    }
}
