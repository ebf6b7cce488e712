package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PersistentVolume of a source that is none: what the owner wrote into the SharedVolume, in a volume's words. */
public final class WrittenSource {
    private WrittenSource() {}

    /** What stands under {@code spec}, as far as the source says it. */
    public static ObjectNode spec(Source source) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        String below = source.subdirectory();
        if (source.nfs() != null) {
            spec.putObject("nfs")
                    .put("server", source.nfs().server())
                    .put("path", Subdirectory.below(source.nfs().path(), below));
        } else if (source.hostPath() != null) {
            // a node without the directory is to say so, not to make an empty one
            spec.putObject("hostPath")
                    .put("path", Subdirectory.below(source.hostPath().path(), below))
                    .put("type", "Directory");
        } else if (source.local() != null) {
            spec.putObject("local")
                    .put("path", Subdirectory.below(source.local().path(), below));
            spec.set("nodeAffinity", onNode(source.local().nodeName()));
        } else if (source.cephfs() != null) {
            spec.set("csi", entered(CephFsSource.csi(source.cephfs()), Source.CephFs.ROOT_PATH, below));
        } else if (source.csi() != null) {
            spec.set("csi", entered(csi(source.csi()), source.csi().directoryAttribute(), below));
        }
        return spec;
    }

    private static ObjectNode csi(Source.Csi written) {
        ObjectNode csi = JsonNodeFactory.instance.objectNode();
        csi.put("driver", written.driver()).put("volumeHandle", written.volumeHandle());
        ObjectNode attributes = csi.putObject("volumeAttributes");
        if (written.volumeAttributes() != null) {
            Map<String, String> all = written.volumeAttributes();
            all.forEach(attributes::put);
        }
        if (written.nodeStageSecretRef() != null) {
            csi.putObject("nodeStageSecretRef")
                    .put("name", written.nodeStageSecretRef().name())
                    .put("namespace", written.nodeStageSecretRef().namespace());
        }
        return csi;
    }

    private static ObjectNode entered(ObjectNode csi, @Nullable String attribute, @Nullable String below) {
        Subdirectory.enter(below, attribute, (ObjectNode) csi.path("volumeAttributes"));
        return csi;
    }

    private static ObjectNode onNode(String name) {
        ObjectNode affinity = JsonNodeFactory.instance.objectNode();
        affinity.putObject("required")
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchExpressions")
                .addObject()
                .put("key", "kubernetes.io/hostname")
                .put("operator", "In")
                .putArray("values")
                .add(name);
        return affinity;
    }
}
