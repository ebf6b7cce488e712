package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.source.HandleRule.Treatment;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where the data of a PersistentVolume lies, as a text that is the same for two volumes of one place. */
public final class SourceLocation {
    private static final String ATTRIBUTES = "volumeAttributes";
    private static final String AFFINITY = "nodeAffinity";
    private static final String OPTIONS = "mountOptions";
    private static final List<String> SECRETS = List.of("nodeStageSecretRef", "nodePublishSecretRef");
    /** What provisioners write about the volume, none of which drivers need to mount it. */
    private static final List<String> NOTES = List.of("csi.storage.k8s.io/", "storage.kubernetes.io/");

    private SourceLocation() {}

    /**
     * The place as two owners may have it by volumes of their own; empty for a type that is never shared.
     *
     * @param name of the PersistentVolume: that of a pair says what of its handle is the source's
     */
    public static String of(JsonNode spec, String name, HandleRules rules) {
        SourceType type = SourceType.of(spec);
        if (type == null) {
            return "";
        }
        JsonNode source = spec.get(type.member());
        ObjectNode location = JsonNodeFactory.instance.objectNode();
        switch (type) {
            case HOST_PATH, LOCAL -> {
                location.setAll(pick(source, "path"));
                location.setAll(pick(spec, AFFINITY));
            }
            case NFS -> location.setAll(pick(source, "server", "path"));
            case CEPH_FS -> location.setAll(pick(source, "monitors", "path"));
            case CSI -> location.setAll(ofCsi(source, spec.path(OPTIONS), name, rules));
        }
        return type.member() + CanonicalJson.text(location);
    }

    /** Everything of a source that may decide what a pod reads there; empty for a type that is never shared. */
    public static String exactly(JsonNode spec, HandleRules rules) {
        SourceType type = SourceType.of(spec);
        if (type == null) {
            return "";
        }
        ObjectNode source = spec.get(type.member()).deepCopy();
        source.remove("readOnly");
        HandleRule rule = rules.of(source.path("driver").asText());
        if (rule != null && rule.handle() == Treatment.Replace) {
            source.remove(VolumeTemplate.HANDLE);
        }
        if (source.path(ATTRIBUTES) instanceof ObjectNode attributes) {
            attributes.properties().removeIf(each -> NOTES.stream().anyMatch(each.getKey()::startsWith));
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set(type.member(), source);
        all.setAll(pick(spec, AFFINITY));
        TreeSet<String> options = new TreeSet<>();
        spec.path(OPTIONS).forEach(option -> options.add(option.asText()));
        options.removeAll(List.of("ro", "rw"));
        ArrayNode sorted = all.putArray(OPTIONS);
        options.forEach(sorted::add);
        return CanonicalJson.text(all);
    }

    private static ObjectNode ofCsi(JsonNode csi, JsonNode options, String name, HandleRules rules) {
        ObjectNode location = pick(csi, "driver");
        HandleRule rule = rules.of(csi.path("driver").asText());
        String handle = csi.path(VolumeTemplate.HANDLE).asText();
        if (rule == null) {
            return location.put(VolumeTemplate.HANDLE, handle);
        }
        JsonNode attributes = csi.path(ATTRIBUTES);
        if (!rule.location().isEmpty()) {
            location.setAll(pick(attributes, rule.location().toArray(String[]::new)));
        } else if (rule.handle() == Treatment.Replace) {
            location.setAll(pick(csi, SECRETS.toArray(String[]::new)));
        } else {
            location.put(VolumeTemplate.HANDLE, PairName.isReserved(name) ? rule.ofSource(handle, name) : handle);
        }
        attributes.properties().stream()
                .filter(each -> rule.within().stream().anyMatch(each.getKey()::equalsIgnoreCase))
                .forEach(each -> location.set(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
        options.forEach(option -> {
            if (rule.isWithin(option.asText())) {
                location.withArray(OPTIONS).add(option);
            }
        });
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

    public static String handle(String driver, String volumeHandle) {
        return driver + "^" + volumeHandle;
    }
}
