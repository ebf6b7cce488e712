package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the data of a shared volume lies: exactly one of the members is set. */
@ValidationRule(
        value = "[has(self.persistentVolumeClaim), has(self.persistentVolume), has(self.nfs), has(self.hostPath),"
                + " has(self.local), has(self.cephfs), has(self.csi)].filter(set, set).size() == 1",
        message = "set exactly one of persistentVolumeClaim, persistentVolume, nfs, hostPath, local, cephfs and csi")
public record Source(
        @JsonPropertyDescription("A claim in the SharedVolume's own namespace.") @Nullable PersistentVolumeClaim persistentVolumeClaim,

        @JsonPropertyDescription("A volume that an administrator made.") @Nullable PersistentVolume persistentVolume,

        @JsonPropertyDescription("An export of an NFS server.") @Nullable Nfs nfs,

        @JsonPropertyDescription("A directory that is the same on every node.") @Nullable HostPath hostPath,

        @JsonPropertyDescription("A directory or mounted disk of one node.") @Nullable Local local,

        @JsonPropertyDescription("A path of a Ceph file system.") @Nullable CephFs cephfs,

        @JsonPropertyDescription("A volume of any CSI driver.") @Nullable Csi csi,

        @JsonPropertyDescription(
                "The directory of the source that is the volume's root, such as 'data' where the root holds"
                        + " lost+found. It is never made: until it is found there, pods do not get the volume, and"
                        + " the condition PathsReady says so.")
        @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.RELATIVE_PATH) @ValidationRule(
                value = "!self.contains(':') && !self.split('/').exists(s, s in ['', '.', '..'])",
                message = "write the directory below the source's root as 'a/b', with no '/' at either end and no"
                        + " '//', '.', '..' or ':' in it")
        @Nullable String subdirectory) {

    /**
     * The claim of this namespace that pods use as it is: the owner's own, or the one that an administrator's volume is
     * for; null where there is none.
     *
     * @param owner the SharedVolume's namespace
     */
    public @Nullable String claimIn(String namespace, String owner) {
        if (persistentVolumeClaim != null) {
            return namespace.equals(owner) ? persistentVolumeClaim.claimName() : null;
        }
        ClaimRef only = onlyClaim();
        return only != null && only.namespace().equals(namespace) ? only.name() : null;
    }

    /**
     * The subdirectory where pods reach it by subPath; null where there is none, or the volumes of the source's pairs begin
     * at it.
     */
    public @Nullable String subPath() {
        boolean inVolume = nfs != null
                || hostPath != null
                || local != null
                || cephfs != null
                || (csi != null && csi.directoryAttribute() != null);
        return inVolume ? null : subdirectory;
    }

    /** The one claim that the volume is for; null where pairs are made of the source. */
    public @Nullable ClaimRef onlyClaim() {
        return persistentVolume == null ? null : persistentVolume.claimRef();
    }

    /** A claim in the owner's namespace. */
    public record PersistentVolumeClaim(
            @Required @Size(min = 1, max = Formats.DNS_SUBDOMAIN_LENGTH) @Pattern(Formats.DNS_SUBDOMAIN) String claimName) {}

    /** A volume that an administrator made. */
    public record PersistentVolume(
            @Required @Size(min = 1, max = Formats.DNS_SUBDOMAIN_LENGTH) @Pattern(Formats.DNS_SUBDOMAIN) String name,

            @JsonPropertyDescription(
                    "What the volume's own claimRef says, where an administrator made it for one claim: pods of that"
                            + " namespace use the volume itself, by this claim, which is made if it is not there."
                            + " Without it each namespace gets a volume and a claim of its own.")
            @Nullable ClaimRef claimRef) {}

    /** The one claim that a volume is for. */
    public record ClaimRef(
            @Required @Size(min = 1, max = Formats.DNS_LABEL_LENGTH) @Pattern(Formats.DNS_LABEL) String namespace,

            @Required
            @Size(min = 1, max = Formats.DNS_SUBDOMAIN_LENGTH) @Pattern(Formats.DNS_SUBDOMAIN) @ValidationRule(
                    value = "!self.startsWith('aquifer-ro-') && !self.startsWith('aquifer-rw-')",
                    message = "names that begin with aquifer-ro- or aquifer-rw- are kept for claims of pairs: have the"
                            + " volume's claimRef name another claim")
            String name) {}

    /** An export of an NFS server. */
    public record Nfs(
            @Required @Size(min = 1, max = Formats.DNS_SUBDOMAIN_LENGTH) @Pattern(Formats.HOST) String server,

            @Required @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.ABSOLUTE_PATH) String path) {}

    /** A directory of the node, the same on every node. */
    public record HostPath(
            @Required
            @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.ABSOLUTE_PATH) @ValidationRule(
                    value = Formats.NO_SYSTEM_DIRECTORY,
                    message = "a system directory of the node is not data to share: choose a directory made for"
                            + " it, such as /srv/ref")
            String path) {}

    /** A directory or mounted disk of one node. */
    public record Local(
            @Required
            @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.ABSOLUTE_PATH) @ValidationRule(
                    value = Formats.NO_SYSTEM_DIRECTORY,
                    message = "a system directory of the node is not data to share: choose a directory made for"
                            + " it, such as /srv/ref")
            String path,

            @Required @Size(min = 1, max = Formats.DNS_SUBDOMAIN_LENGTH) @Pattern(Formats.DNS_SUBDOMAIN) String nodeName) {}

    /** A path of a Ceph file system, mounted by ceph-csi as a static volume. */
    public record CephFs(
            @Required @Size(min = 1, max = 253) String clusterID,
            @Required @Size(min = 1, max = 253) String fsName,

            @Required @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.ABSOLUTE_PATH) String rootPath,

            @Required SecretReference secretRef) {
        /** The name of ceph-csi's driver. */
        public static final String DRIVER = "cephfs.csi.ceph.com";

        /** The volume attribute by which it takes a directory. */
        public static final String ROOT_PATH = "rootPath";
    }

    /** A volume of any CSI driver. */
    public record Csi(
            @Required @Size(min = 1, max = 63) @Pattern("^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?$") String driver,

            @Required @Size(min = 1, max = 1024) String volumeHandle,

            @Size(max = 64) @Nullable Map<String, @Size(max = 4096) String> volumeAttributes,

            @Nullable SecretReference nodeStageSecretRef) {

        /** The volume attribute by which the driver takes a directory; null where it takes none. */
        public @Nullable String directoryAttribute() {
            return switch (driver) {
                case "nfs.csi.k8s.io" -> "subDir";
                case CephFs.DRIVER -> CephFs.ROOT_PATH;
                default -> null;
            };
        }
    }

    /** A Secret, by reference. */
    public record SecretReference(
            @Required @Size(min = 1, max = Formats.DNS_SUBDOMAIN_LENGTH) @Pattern(Formats.DNS_SUBDOMAIN) String name,

            @Required @Size(min = 1, max = Formats.DNS_LABEL_LENGTH) @Pattern(Formats.DNS_LABEL) String namespace) {}
}
