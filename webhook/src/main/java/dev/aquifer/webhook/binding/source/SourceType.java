package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.SeLinuxEffect;
import org.jspecify.annotations.Nullable;

/** The types of PersistentVolumes that can be had a second time. Others are block devices, or long gone. */
public enum SourceType {
    // mount options: validated nowhere, but kubelet's hostPath plugin refuses to mount with any
    HOST_PATH("hostPath", "path", false, false, FsGroupEffect.Kept, SeLinuxEffect.Kept),
    LOCAL("local", "path", true, false, FsGroupEffect.Chowned, SeLinuxEffect.Relabelled),
    NFS("nfs", "path", true, true, FsGroupEffect.Kept, SeLinuxEffect.Kept),
    CEPH_FS("cephfs", "path", true, true, null, null),
    // whatever its CSIDriver and the rules say
    CSI("csi", null, true, true, null, null);

    private final String member;
    private final @Nullable String directory;
    private final boolean mountOptions;
    private final boolean readOnly;
    private final @Nullable FsGroupEffect fsGroup;
    private final @Nullable SeLinuxEffect seLinux;

    SourceType(
            String member,
            @Nullable String directory,
            boolean mountOptions,
            boolean readOnly,
            @Nullable FsGroupEffect fsGroup,
            @Nullable SeLinuxEffect seLinux) {
        this.member = member;
        this.directory = directory;
        this.mountOptions = mountOptions;
        this.readOnly = readOnly;
        this.fsGroup = fsGroup;
        this.seLinux = seLinux;
    }

    /** The member of a PersistentVolume's specification that holds the source. */
    public String member() {
        return member;
    }

    /** The member of the source that is a directory; null where the type has none. */
    @Nullable String directory() {
        return directory;
    }

    boolean takesMountOptions() {
        return mountOptions;
    }

    /** Whether the source has a member {@code readOnly}. */
    boolean hasReadOnly() {
        return readOnly;
    }

    /** What kubelet does to the files when a pod with an fsGroup may write; null where that depends on more. */
    public @Nullable FsGroupEffect fsGroup() {
        return fsGroup;
    }

    /** What nodes with SELinux do to the files when a pod may write; null where that depends on more. */
    public @Nullable SeLinuxEffect seLinux() {
        return seLinux;
    }

    /** The type of a PersistentVolume; null for one that cannot be shared. */
    public static @Nullable SourceType of(JsonNode spec) {
        for (SourceType type : values()) {
            if (spec.has(type.member)) {
                return type;
            }
        }
        return null;
    }
}
