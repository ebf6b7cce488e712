package dev.aquifer.webhook.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the data of a shared volume lies: exactly one of the members is set. */
public record Source(
        @Nullable PersistentVolumeClaim persistentVolumeClaim,
        @Nullable PersistentVolume persistentVolume,
        @Nullable Nfs nfs,
        @Nullable HostPath hostPath,
        @Nullable Local local,
        @Nullable CephFs cephfs,
        @Nullable Csi csi,
        @Nullable String subdirectory) {

    /** A claim in the owner's namespace. */
    public record PersistentVolumeClaim(String claimName) {}

    /** A volume that an administrator made. */
    public record PersistentVolume(String name) {}

    /** An export of an NFS server. */
    public record Nfs(String server, String path) {}

    /** A directory of the node, the same on every node. */
    public record HostPath(String path) {}

    /** A directory or mounted disk of one node. */
    public record Local(String path, String nodeName) {}

    /** A path of a Ceph file system, mounted by ceph-csi as a static volume. */
    public record CephFs(String clusterID, String fsName, String rootPath, SecretReference secretRef) {}

    /** A volume of any CSI driver. */
    public record Csi(
            String driver,
            String volumeHandle,
            @Nullable Map<String, String> volumeAttributes,
            @Nullable SecretReference nodeStageSecretRef) {}

    /** A Secret, by reference. */
    public record SecretReference(String name, String namespace) {}
}
