package dev.aquifer.webhook.binding.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.source.HandleRule;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.ResolvedSource;
import dev.aquifer.webhook.binding.source.ResolvedSource.Ready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.SourceReason;
import dev.aquifer.webhook.binding.source.SourceType;
import dev.aquifer.webhook.binding.source.VolumeTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the template of pairs from the specification of the source's own PersistentVolume: what says where the data lies
 * and how to reach it is kept, what belongs to that volume's own life is left behind.
 */
final class SourceTemplates {
    private static final String PROVISIONER_IDENTITY = "storage.kubernetes.io/csiProvisionerIdentity";

    /** Nobody is ever to grow or format the owner's volume on a tenant's account. */
    private static final Set<String> NOT_FOR_TENANTS = Set.of("controllerExpandSecretRef", "nodeExpandSecretRef");

    private final HandleRules rules;
    private final ClusterFacts facts;

    SourceTemplates(HandleRules rules, ClusterFacts facts) {
        this.rules = rules;
        this.facts = facts;
    }

    /**
     * Reads a specification.
     *
     * @param sourceVolume the name of the PersistentVolume; null when the SharedVolume says it itself
     */
    ResolvedSource ready(ObjectNode spec, @Nullable String sourceVolume, @Nullable String gid) {
        String what = sourceVolume == null ? "the source" : "PersistentVolume \"%s\"".formatted(sourceVolume);
        List<String> accessModes = texts(spec.path("accessModes"));
        if (accessModes.contains("ReadWriteOncePod")) {
            return SourceRefusals.oncePod(what);
        }
        if (spec.path("volumeMode").asText("Filesystem").equals("Block")) {
            return new Unready(
                    SourceReason.BlockVolume,
                    what + " is a block device: share a volume whose volumeMode is Filesystem");
        }
        SourceType type = SourceType.of(spec);
        if (type == null) {
            return new Unready(
                    SourceReason.TypeNotSupported,
                    what
                            + " is of a type that cannot be had a second time: share a volume of type csi, nfs, cephfs, hostPath or local");
        }
        HandleRule rule = null;
        if (type == SourceType.CSI) {
            JsonNode csi = spec.path(type.member());
            Unready refused = HandleCheck.refuse(what, csi, rules);
            if (refused != null) {
                return refused;
            }
            rule = rules.of(csi.path("driver").asText());
        }
        List<String> mountOptions = texts(spec.path("mountOptions"));
        VolumeTemplate template = new VolumeTemplate(
                type,
                source(spec.get(type.member())),
                spec.hasNonNull("nodeAffinity") ? spec.get("nodeAffinity") : null,
                mountOptions,
                gid,
                rule);
        return new Ready(
                template,
                null,
                sourceVolume,
                notWritable(what, spec, type, accessModes),
                new FileEffects(FsGroupPolicy.effect(spec, facts), SeLinuxPolicy.effect(spec, rules)),
                warnings(what, spec, type));
    }

    private static ObjectNode source(JsonNode found) {
        ObjectNode source = found.deepCopy();
        source.remove(NOT_FOR_TENANTS);
        if (source.path("volumeAttributes") instanceof ObjectNode attributes) {
            attributes.remove(PROVISIONER_IDENTITY);
        }
        return source;
    }

    private static @Nullable String notWritable(String what, JsonNode spec, SourceType type, List<String> accessModes) {
        String remedy = "; make it writable, or give no role ReadWrite";
        if (!accessModes.isEmpty() && accessModes.stream().noneMatch(mode -> mode.startsWith("ReadWrite"))) {
            return what + " has no access mode that writes" + remedy;
        }
        if (spec.path(type.member()).path("readOnly").asBoolean()) {
            return what + " says readOnly" + remedy;
        }
        if (VolumeTemplate.saysReadOnly(texts(spec.path("mountOptions")))) {
            return what + " has the mount option ro" + remedy;
        }
        return null;
    }

    private static List<String> warnings(String what, JsonNode spec, SourceType type) {
        List<String> warnings = new ArrayList<>();
        if (spec.path("persistentVolumeReclaimPolicy").asText().equals("Delete")) {
            warnings.add(
                    what
                            + " has the reclaim policy Delete: deleting its claim deletes the data under all tenants; change it with kubectl patch pv NAME -p '{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}'");
        }
        List<String> accessModes = texts(spec.path("accessModes"));
        if (accessModes.equals(List.of("ReadWriteOnce"))) {
            warnings.add(what + " is ReadWriteOnce: all pods that use it, the owner's too, must run on one node");
        }
        switch (type) {
            case HOST_PATH ->
                warnings.add(
                        "a hostPath is the directory of whatever node a pod runs on: keep it the same on all nodes, or have one node only");
            case LOCAL -> warnings.add("a local volume is on one node: all pods that use it run there");
            case NFS, CEPH_FS, CSI -> {}
        }
        return warnings;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
