package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.inject.VolumePlace.At;
import dev.aquifer.webhook.inject.VolumePlace.Nowhere;
import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeContent.HostPath;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import dev.aquifer.webhook.inject.pod.VolumeMount.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a pod has the root of a volume: at its mountPath, or where the pod mounts the hostPath that the volume
 * replaces. A second look finds the claim there in its place, and comes to the same end.
 */
final class PlaceFinder {
    private final Pod pod;
    private final Targets targets;

    private record Use(Container container, VolumeMount mount) {}

    PlaceFinder(Pod pod, Targets targets) {
        this.pod = pod;
        this.targets = targets;
    }

    /**
     * The place of the root of a granted volume.
     *
     * @param claimName the claim that it comes through; null for none
     * @param sourceRoot where its root is in that claim
     */
    VolumePlace find(Granted granted, @Nullable String claimName, String sourceRoot) {
        At usual = new At(MountPath.of(granted.volume().spec().mountPath()), null);
        String replaced = granted.volume().spec().replacesHostPath();
        if (replaced == null || claimName == null) {
            return usual;
        }
        Access access = rootAccess(granted);
        List<String> hostPaths = hostPaths(MountPath.of(replaced));
        if (hostPaths.isEmpty()) {
            return access == null ? usual : movedBefore(claimName, sourceRoot, access == Access.ReadOnly, usual);
        }
        List<Use> uses = uses(new HashSet<>(hostPaths));
        if (uses.isEmpty()) {
            return usual;
        }
        String obstacle = access == null
                ? "and role \"%s\" shows only parts of the volume"
                        .formatted(granted.role().name())
                : VolumeName.isOfClaim(hostPaths.getFirst(), claimName)
                        ? "in a volume whose name is one of Aquifer's instead of its own"
                        : obstacle(
                                uses, hostPaths.size() + pod.claims(claimName).size());
        return obstacle == null
                ? new At(uses.getFirst().mount().mountPath(), hostPaths.getFirst())
                : new Nowhere(
                        "the pod mounts hostPath \"%s\", which volume \"%s\" replaces, %s; mount it whole, from one volume and at one path, or ask for another role"
                                .formatted(replaced, granted.volume().key(), obstacle));
    }

    private @Nullable String obstacle(List<Use> uses, int entries) {
        if (entries > 1) {
            return "in %d volumes".formatted(entries);
        }
        TreeSet<String> paths = new TreeSet<>();
        for (Use use : uses) {
            paths.add(use.mount().mountPath().value());
            if (!targets.include(use.container())) {
                return "in container \"%s\", which annotation %s leaves out"
                        .formatted(use.container().name(), PodAnnotations.CONTAINERS);
            }
            if (!use.mount().subPath().isEmpty() || use.mount().form() == Form.EXPRESSION) {
                return "by a subPath in container \"%s\""
                        .formatted(use.container().name());
            }
        }
        return paths.size() > 1 ? "at " + String.join(" and ", paths) : null;
    }

    private List<String> hostPaths(MountPath replaced) {
        return pod.volumes().stream()
                .filter(volume -> volume.content() instanceof HostPath(String path)
                        && MountPath.of(path).equals(replaced))
                .map(PodVolume::name)
                .toList();
    }

    private List<Use> uses(Set<String> volumes) {
        List<Use> uses = new ArrayList<>();
        for (Container container : pod.containers()) {
            for (VolumeMount mount : container.mounts()) {
                if (volumes.contains(mount.volume())) {
                    uses.add(new Use(container, mount));
                }
            }
        }
        return uses;
    }

    /** An entry of the claim that kept the hostPath's name, mounted as the root of the role at one path. */
    private At movedBefore(String claimName, String sourceRoot, boolean readOnly, At usual) {
        Set<String> entries = pod.claims(claimName).stream()
                .map(PodVolume::name)
                .filter(name -> !VolumeName.isOfClaim(name, claimName))
                .collect(Collectors.toSet());
        List<MountPath> paths = uses(entries).stream()
                .map(Use::mount)
                .filter(mount -> mount.equals(new VolumeMount(mount.volume(), mount.mountPath(), sourceRoot, readOnly)))
                .map(VolumeMount::mountPath)
                .distinct()
                .toList();
        return paths.size() == 1 ? new At(paths.getFirst(), null) : usual;
    }

    /** What the role may do at the root of the source; null where it does not show it. */
    private static @Nullable Access rootAccess(Granted granted) {
        return granted.role().paths().stream()
                .filter(rule -> rule.path().equals("/"))
                .map(PathRule::access)
                .filter(access -> access == Access.ReadOnly || access == Access.ReadWrite)
                .findFirst()
                .orElse(null);
    }
}
