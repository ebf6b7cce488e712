package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mounts that a container is to have, parents before children, each at a path of its own. */
final class WantedMounts {
    private final Map<MountPath, VolumeMount> byPath = new LinkedHashMap<>();

    void add(VolumeMount mount) {
        byPath.put(mount.mountPath(), mount);
    }

    int size() {
        return byPath.size();
    }

    @Nullable VolumeMount at(MountPath path) {
        return byPath.get(path);
    }

    boolean contains(VolumeMount mount) {
        return mount.equals(byPath.get(mount.mountPath()));
    }

    /** Those that a container with these mounts lacks. */
    List<VolumeMount> missingFrom(List<VolumeMount> present) {
        Set<VolumeMount> found = new HashSet<>();
        for (VolumeMount mount : present) {
            if (contains(mount)) {
                found.add(mount);
            }
        }
        List<VolumeMount> missing = new ArrayList<>(byPath.size());
        for (VolumeMount mount : byPath.values()) {
            if (found.isEmpty() || !found.contains(mount)) {
                missing.add(mount);
            }
        }
        return missing;
    }
}
