package dev.aquifer.webhook.inject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mounts that a container is to have, parents before children, each at a path of its own. */
final class WantedMounts {
    private final Map<MountPath, VolumeMount> byPath = new LinkedHashMap<>();

    void add(VolumeMount mount) {
        byPath.put(mount.mountPath(), mount);
    }

    boolean contains(VolumeMount mount) {
        return mount.equals(byPath.get(mount.mountPath()));
    }

    /** Those that a container with these mounts lacks. */
    List<VolumeMount> missingFrom(List<VolumeMount> present) {
        Map<MountPath, VolumeMount> missing = new LinkedHashMap<>(byPath);
        present.forEach(mount -> missing.remove(mount.mountPath(), mount));
        return new ArrayList<>(missing.values());
    }
}
