package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Source;

/** A path of a Ceph file system in the form that ceph-csi has for volumes it did not make (its docs/static-pvc.md). */
final class CephFsSource {
    /** Ceph-csi takes any handle for a static volume. */
    private static final String HANDLE = "aquifer";

    private CephFsSource() {}

    /** What a PersistentVolume says under {@code csi}. */
    static ObjectNode csi(Source.CephFs cephfs) {
        ObjectNode csi = JsonNodeFactory.instance.objectNode();
        csi.put("driver", Source.CephFs.DRIVER).put("volumeHandle", HANDLE);
        csi.putObject("volumeAttributes")
                .put("clusterID", cephfs.clusterID())
                .put("fsName", cephfs.fsName())
                .put(Source.CephFs.ROOT_PATH, cephfs.rootPath())
                .put("staticVolume", "true");
        csi.putObject("nodeStageSecretRef")
                .put("name", cephfs.secretRef().name())
                .put("namespace", cephfs.secretRef().namespace());
        return csi;
    }
}
