package dev.aquifer.webhook.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Where the data of a PersistentVolume lies, as a text that is the same for two volumes of one place. */
public final class SourceLocation {
    private SourceLocation() {}

    /** The location; empty for a type that is never shared. */
    static String of(JsonNode spec, HandleRules rules) {
        SourceType type = SourceType.of(spec);
        if (type == null) {
            return "";
        }
        JsonNode source = spec.get(type.member());
        ObjectNode location = JsonNodeFactory.instance.objectNode();
        switch (type) {
            case HOST_PATH, LOCAL -> location.set("path", source.path("path"));
            case NFS -> location.setAll(pick(source, "server", "path"));
            case CEPH_FS -> location.setAll(pick(source, "monitors", "path"));
            case CSI -> location.setAll(ofCsi(source, rules));
        }
        return type.member() + CanonicalJson.text(location);
    }

    private static ObjectNode ofCsi(JsonNode csi, HandleRules rules) {
        ObjectNode location = pick(csi, "driver");
        HandleRule rule = rules.of(csi.path("driver").asText());
        if (rule == null || rule.location().isEmpty()) {
            return location.put(
                    VolumeTemplate.HANDLE, csi.path(VolumeTemplate.HANDLE).asText());
        }
        location.setAll(pick(csi.path("volumeAttributes"), rule.location().toArray(String[]::new)));
        return location;
    }

    private static ObjectNode pick(JsonNode object, String... members) {
        ObjectNode picked = JsonNodeFactory.instance.objectNode();
        for (String member : members) {
            if (object.has(member)) {
                picked.set(member, object.get(member));
            }
        }
        return picked;
    }

    /** The driver and handle of a PersistentVolume, as kubelet tells volumes apart; null for types without. */
    public static @Nullable String handle(JsonNode spec) {
        JsonNode csi = spec.path(SourceType.CSI.member());
        return csi.isObject()
                ? handle(csi.path("driver").asText(), csi.path("volumeHandle").asText())
                : null;
    }

    static String handle(String driver, String volumeHandle) {
        return driver + "^" + volumeHandle;
    }
}
