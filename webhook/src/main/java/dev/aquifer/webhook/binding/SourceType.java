package dev.aquifer.webhook.binding;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The types of PersistentVolumes that can be had a second time. Others are block devices, or long gone. */
enum SourceType {
    // mount options: validated nowhere, but kubelet's hostPath plugin refuses to mount with any
    HOST_PATH("hostPath", "path", false, false),
    LOCAL("local", "path", true, false),
    NFS("nfs", "path", true, true),
    CEPH_FS("cephfs", "path", true, true),
    CSI("csi", null, true, true);

    private final String member;
    private final @Nullable String directory;
    private final boolean mountOptions;
    private final boolean readOnly;

    SourceType(String member, @Nullable String directory, boolean mountOptions, boolean readOnly) {
        this.member = member;
        this.directory = directory;
        this.mountOptions = mountOptions;
        this.readOnly = readOnly;
    }

    /** The member of a PersistentVolume's specification that holds the source. */
    String member() {
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

    /** The type of a PersistentVolume; null for one that cannot be shared. */
    static @Nullable SourceType of(JsonNode spec) {
        for (SourceType type : values()) {
            if (spec.has(type.member)) {
                return type;
            }
        }
        return null;
    }
}
