package dev.aquifer.webhook.binding.objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairMode;

/**
 * The claim that a PersistentVolume of an administrator's is for. Its access mode and its size say nothing: Kubernetes
 * compares neither where the volume names its claim.
 *
 * @param volumeName the PersistentVolume, whose claimRef names this claim
 * @param sharedVolumeUid the UID of the SharedVolume that needs it
 * @param source that SharedVolume, as {@code owner/name}
 * @param storage the size it asks for
 */
public record OnlyClaim(
        String namespace, String name, String volumeName, String sharedVolumeUid, String source, String storage) {

    /** The whole object, as it is to be made. */
    public ObjectNode toJson() {
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata = claim.putObject("metadata");
        metadata.put("name", name).put("namespace", namespace);
        metadata.putObject("labels").put(PairLabels.KUBERNETES_MANAGED_BY, PairLabels.AQUIFER);
        metadata.putObject("annotations").put(DesiredClaim.SOURCE, source);
        ObjectNode spec = claim.putObject("spec");
        spec.putArray("accessModes").add(PairMode.READ_WRITE.accessMode());
        spec.putObject("resources").putObject("requests").put("storage", storage);
        spec.put("storageClassName", "").put("volumeMode", "Filesystem").put("volumeName", volumeName);
        return claim;
    }
}
