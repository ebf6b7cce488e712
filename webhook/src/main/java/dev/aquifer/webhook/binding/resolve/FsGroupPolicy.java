package dev.aquifer.webhook.binding.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.source.SourceType;
import org.jspecify.annotations.Nullable;

/**
 * What kubelet does to the files of a volume when a pod with an {@code fsGroup} may write (kubelet's csi_mounter,
 * supportsFSGroup; storage/v1 CSIDriver, fsGroupPolicy).
 */
public final class FsGroupPolicy {
    /** What holds of a CSIDriver that says nothing. */
    public static final String UNSAID = "ReadWriteOnceWithFSType";

    private FsGroupPolicy() {}

    /**
     * The effect; null where it is not known.
     *
     * @param spec of a PersistentVolume
     */
    public static @Nullable FsGroupEffect effect(JsonNode spec, ClusterFacts facts) {
        SourceType type = SourceType.of(spec);
        if (type != SourceType.CSI) {
            return type == null ? null : type.fsGroup();
        }
        JsonNode csi = spec.path(type.member());
        return switch (facts.fsGroupPolicy(csi.path("driver").asText())) {
            case null -> null;
            case "None" -> FsGroupEffect.Kept;
            case "File" -> FsGroupEffect.Chowned;
            case UNSAID -> isForOneNode(spec, csi) ? FsGroupEffect.Chowned : FsGroupEffect.Kept;
            default -> null;
        };
    }

    private static boolean isForOneNode(JsonNode spec, JsonNode csi) {
        if (csi.path("fsType").asText().isEmpty()) {
            return false;
        }
        for (JsonNode mode : spec.path("accessModes")) {
            if (mode.asText().equals("ReadWriteOnce")) {
                return true;
            }
        }
        return false;
    }
}
