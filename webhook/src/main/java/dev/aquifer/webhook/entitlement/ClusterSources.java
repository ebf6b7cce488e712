package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's own storage as a source: shared only while an administrator's label on the owner's namespace lets it be,
 * so that taking the label back revokes.
 */
public final class ClusterSources {
    /** The label of a namespace that may share it. */
    public static final Map<String, String> LEAVE = Map.of("aquifer.dev/cluster-sources", "allowed");

    private ClusterSources() {}

    /** Whether a namespace with these labels may share it. */
    public static boolean allowedBy(Map<String, String> labels) {
        return labels.entrySet().containsAll(LEAVE.entrySet());
    }

    /**
     * Whether the volume may be shared at all. A claim of the owner's is his, and a volume that an administrator made for
     * one claim was given by that.
     *
     * @param owner the owner's namespace; null when it is not known
     */
    public static boolean allow(KnownVolume volume, @Nullable Tenant owner) {
        Source source = volume.spec().source();
        boolean given = source.persistentVolumeClaim() != null || source.onlyClaim() != null;
        return given || (owner != null && allowedBy(owner.labels()));
    }
}
