package dev.aquifer.webhook.binding.objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.source.SourceType;
import dev.aquifer.webhook.binding.source.VolumeTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume as it should be: to be retained, always.
 *
 * @param name its own name, and that of its claim
 * @param labels of the pair
 * @param source the SharedVolume, as {@code owner/name}
 * @param claimUid the UID of its claim; null while the claim has yet to be made
 * @param storage the size it states: what its claim asks for
 */
public record DesiredVolume(
        String name,
        PairLabels labels,
        String source,
        @Nullable String claimUid,
        String storage,
        VolumeTemplate template) {
    static final String SOURCE_HASH = "aquifer.dev/source-hash";
    static final String GID = "pv.beta.kubernetes.io/gid";

    /** This volume for the claim that was just made. */
    public DesiredVolume claimedBy(String uid) {
        return new DesiredVolume(name, labels, source, uid, storage, template);
    }

    /**
     * The whole object, as it is to be applied.
     *
     * @throws IllegalStateException without the UID of its claim: a volume that any claim of the name could take is
     *     never made
     */
    public ObjectNode toJson() {
        if (claimUid == null) {
            throw new IllegalStateException("Volume " + name + " is to be made after its claim, with the claim's UID");
        }
        ObjectNode volume = JsonNodeFactory.instance.objectNode();
        volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
        ObjectNode metadata = volume.putObject("metadata");
        metadata.put("name", name);
        ObjectNode written = metadata.putObject("labels");
        labels.asMap().forEach(written::put);
        ObjectNode annotations = metadata.putObject("annotations");
        annotations.put(DesiredClaim.SOURCE, source).put(SOURCE_HASH, template.hash(labels.mode(), labels.tenant()));
        if (template.gid() != null) {
            annotations.put(GID, template.gid());
        }
        volume.set("spec", spec(claimUid));
        return volume;
    }

    private ObjectNode spec(String uid) {
        ObjectNode spec = template.fixed(labels.mode(), labels.tenant());
        if (template.type() == SourceType.CSI) {
            ((ObjectNode) spec.get(SourceType.CSI.member())).put(VolumeTemplate.HANDLE, template.handle(name));
        }
        VolumeSettings settings = settings();
        spec.putArray("accessModes").add(labels.mode().accessMode());
        spec.putObject("capacity").put("storage", storage);
        spec.putObject("claimRef")
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", labels.tenant())
                .put("name", name)
                .put("uid", uid);
        if (!settings.mountOptions().isEmpty()) {
            settings.mountOptions().forEach(spec.putArray("mountOptions")::add);
        }
        spec.put("persistentVolumeReclaimPolicy", settings.reclaimPolicy());
        spec.put("storageClassName", settings.storageClassName());
        return spec;
    }

    public VolumeSettings settings() {
        return new VolumeSettings(
                VolumeSettings.RETAIN,
                List.of(labels.mode().accessMode()),
                "",
                template.mountOptions(labels.mode()),
                template.gid(),
                source,
                true);
    }
}
