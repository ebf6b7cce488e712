package dev.aquifer.webhook.binding.objects;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the binder keeps as it should be in a volume whose like anyone with the right may change.
 *
 * @param gid the annotation {@code pv.beta.kubernetes.io/gid}
 * @param source the annotation {@code aquifer.dev/source}
 * @param labelled whether every label of the pair is there
 */
public record VolumeSettings(
        String reclaimPolicy,
        List<String> accessModes,
        String storageClassName,
        List<String> mountOptions,
        @Nullable String gid,
        @Nullable String source,
        boolean labelled) {
    static final String RETAIN = "Retain";

    public VolumeSettings {
        accessModes = List.copyOf(accessModes);
        mountOptions = List.copyOf(mountOptions);
    }
}
