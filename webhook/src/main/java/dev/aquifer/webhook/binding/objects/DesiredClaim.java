package dev.aquifer.webhook.binding.objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairLabels;

/**
 * A claim as it should be.
 *
 * @param name its own name, and that of its volume
 * @param labels of the pair; they name its namespace
 * @param source the SharedVolume, as {@code owner/name}
 * @param storage the size it asks for
 */
public record DesiredClaim(String name, PairLabels labels, String source, String storage) {
    /** The annotation that names the SharedVolume of a pair's objects. */
    public static final String SOURCE = "aquifer.dev/source";

    public String namespace() {
        return labels.tenant();
    }

    /** The whole object, as it is to be applied. */
    public ObjectNode toJson() {
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata = claim.putObject("metadata");
        metadata.put("name", name).put("namespace", namespace());
        ObjectNode written = metadata.putObject("labels");
        labels.asMap().forEach(written::put);
        metadata.putObject("annotations").put(SOURCE, source);
        ObjectNode spec = claim.putObject("spec");
        spec.putArray("accessModes").add(labels.mode().accessMode());
        spec.putObject("resources").putObject("requests").put("storage", storage);
        spec.put("storageClassName", "").put("volumeMode", "Filesystem").put("volumeName", name);
        return claim;
    }
}
