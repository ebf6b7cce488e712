package dev.aquifer.node.csi;

import dev.aquifer.node.link.PublishedVolume;
import dev.aquifer.node.mount.TargetPath;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was published since this process began, with the keys that kubelet brought: in memory only, for the other process,
 * which has lost them if it starts anew.
 */
public final class PublishedVolumes {
    private final Map<TargetPath, PublishedVolume> volumes = new ConcurrentHashMap<>();

    void put(TargetPath target, PublishedVolume volume) {
        volumes.put(target, volume);
    }

    void remove(TargetPath target) {
        volumes.remove(target);
    }

    /** One for each dataset. */
    Collection<PublishedVolume> all() {
        return volumes.values().stream()
                .collect(Collectors.toMap(
                        volume -> volume.attributes().dataset(), Function.identity(), (one, other) -> one))
                .values();
    }
}
