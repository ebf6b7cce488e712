package dev.aquifer.webhook.binding.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.source.CachedSource;
import dev.aquifer.webhook.binding.source.CanonicalJson;
import dev.aquifer.webhook.binding.source.HandleRule;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceLocation;
import dev.aquifer.webhook.binding.source.SourceType;
import dev.aquifer.webhook.binding.source.SourceVolume;
import dev.aquifer.webhook.binding.source.VolumeTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts PersistentVolumes and claims, as the API server writes them, to what plans look at. */
public final class PairReader {
    private final HandleRules rules;

    public PairReader(HandleRules rules) {
        this.rules = rules;
    }

    /** A volume that may be a pair's: one with a reserved name. */
    public ExistingVolume pairVolume(JsonNode volume) {
        JsonNode metadata = volume.path("metadata");
        JsonNode spec = volume.path("spec");
        String name = metadata.path("name").asText();
        Map<String, String> labels = texts(metadata.path("labels"));
        PairLabels pair = PairLabels.read(labels);
        JsonNode annotations = metadata.path("annotations");
        return new ExistingVolume(
                name,
                metadata.path("uid").asText(),
                volume.path("status").path("phase").asText("Pending"),
                claimRef(spec.path("claimRef")),
                metadata.hasNonNull("deletionTimestamp"),
                pair,
                text(annotations.path(DesiredVolume.SOURCE_HASH)),
                CanonicalJson.hash(fixed(spec, name)),
                new VolumeSettings(
                        spec.path("persistentVolumeReclaimPolicy").asText(),
                        list(spec.path("accessModes")),
                        spec.path("storageClassName").asText(),
                        list(spec.path("mountOptions")),
                        text(annotations.path(DesiredVolume.GID)),
                        text(annotations.path(DesiredClaim.SOURCE)),
                        pair != null
                                && labels.entrySet().containsAll(pair.asMap().entrySet())),
                Eviction.read(annotations),
                SourceLocation.of(spec, name, rules),
                SourceLocation.handle(spec));
    }

    /** A claim that may be a pair's: one with a reserved name. */
    public ExistingClaim pairClaim(JsonNode claim) {
        JsonNode metadata = claim.path("metadata");
        JsonNode spec = claim.path("spec");
        return new ExistingClaim(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                claim.path("status").path("phase").asText("Pending"),
                text(spec.path("volumeName")),
                deleted(metadata),
                PairLabels.read(texts(metadata.path("labels"))),
                list(spec.path("accessModes")),
                spec.at("/resources/requests/storage").asText(),
                isPlain(spec));
    }

    /** A volume that may be a source. */
    public SourceVolume sourceVolume(JsonNode volume) {
        JsonNode metadata = volume.path("metadata");
        return new SourceVolume(
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                volume.path("spec").isObject() ? volume.get("spec").deepCopy() : JsonNodeFactory.instance.objectNode(),
                text(metadata.path("annotations").path(DesiredVolume.GID)),
                isManaged(metadata),
                volume.path("status").path("phase").asText("Pending"));
    }

    /** A claim that may be a source. */
    public SourceClaim sourceClaim(JsonNode claim) {
        JsonNode metadata = claim.path("metadata");
        return new SourceClaim(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                claim.path("status").path("phase").asText("Pending"),
                text(claim.path("spec").path("volumeName")),
                list(claim.path("spec").path("accessModes")),
                deleted(metadata) != null,
                isManaged(metadata));
    }

    private static boolean isManaged(JsonNode metadata) {
        return PairLabels.BINDER.equals(
                metadata.path("labels").path(PairLabels.MANAGED_BY).asText());
    }

    private static @Nullable Instant deleted(JsonNode metadata) {
        String time = text(metadata.path("deletionTimestamp"));
        return time == null ? null : Instant.parse(time);
    }

    private static boolean isPlain(JsonNode spec) {
        return spec.path("storageClassName").isTextual()
                && spec.path("storageClassName").asText().isEmpty()
                && spec.path("volumeMode").asText("Filesystem").equals("Filesystem")
                && !spec.hasNonNull("selector")
                && !spec.hasNonNull("dataSource")
                && !spec.hasNonNull("dataSourceRef");
    }

    /** What nobody may change, with what its handle has of the source's. */
    private ObjectNode fixed(JsonNode spec, String name) {
        ObjectNode fixed = JsonNodeFactory.instance.objectNode();
        SourceType type = SourceType.of(spec);
        if (type != null) {
            ObjectNode source = spec.get(type.member()).deepCopy();
            String driver = source.path("driver").asText();
            HandleRule rule = driver.equals(CachedSource.DRIVER) ? CachedSource.RULE : rules.of(driver);
            if (rule != null) {
                source.put(
                        VolumeTemplate.HANDLE,
                        rule.ofSource(source.path(VolumeTemplate.HANDLE).asText(), name));
            }
            fixed.set(type.member(), source);
        }
        if (spec.has("nodeAffinity")) {
            fixed.set("nodeAffinity", spec.get("nodeAffinity"));
        }
        return fixed.put("volumeMode", spec.path("volumeMode").asText("Filesystem"));
    }

    private static @Nullable ClaimRef claimRef(JsonNode ref) {
        return ref.isObject()
                ? new ClaimRef(ref.path("namespace").asText(), ref.path("name").asText(), text(ref.path("uid")))
                : null;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : null;
    }

    private static List<String> list(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }
}
