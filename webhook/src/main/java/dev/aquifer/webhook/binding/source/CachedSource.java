package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pairs that read the cache of the node are made of: a volume of the node agents' own CSI driver, whose attributes
 * say only what never changes.
 */
public final class CachedSource {
    public static final String DRIVER = "node.aquifer.dev";

    /** Agents know a volume by its attributes, so each pair has a handle of its own. */
    public static final HandleRule RULE = new HandleRule(
            HandleRule.Treatment.Replace,
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            null,
            null,
            null,
            "agents find the data by attributes",
            null);

    private static final String FORMAT = "1";
    private static final String TENANT = "aquifer.dev/tenant";
    private static final String ATTRIBUTES = "volumeAttributes";
    private static final String KEY = "nodePublishSecretRef";

    private CachedSource() {}

    /**
     * What volumes that show a dataset are made of.
     *
     * @param agents the namespace of the node agents
     */
    public static VolumeTemplate template(Dataset dataset, String agents) {
        ObjectNode csi = JsonNodeFactory.instance.objectNode();
        csi.put("driver", DRIVER);
        csi.putObject(ATTRIBUTES)
                .put("aquifer.dev/format", FORMAT)
                .put("aquifer.dev/dataset", dataset.id())
                .put("aquifer.dev/shared-volume", dataset.sharedVolume())
                .put("aquifer.dev/origin", dataset.originUri())
                .put("aquifer.dev/origin-address", dataset.originAddress());
        csi.putObject(KEY).put("name", dataset.keySecret()).put("namespace", agents);
        return new VolumeTemplate(SourceType.CSI, csi, null, List.of(), null, RULE);
    }

    /** The Secret with a dataset's key that a PersistentVolume names; null for one that shows no dataset. */
    public static @Nullable String keySecret(JsonNode spec) {
        JsonNode csi = spec.path(SourceType.CSI.member());
        return csi.path("driver").asText().equals(DRIVER)
                ? csi.at("/" + KEY + "/name").asText()
                : null;
    }

    /** Says in whose namespace the volume may be used, which agents check. */
    static void enter(String tenant, ObjectNode csi) {
        csi.withObject("/" + ATTRIBUTES).put(TENANT, tenant);
    }
}
