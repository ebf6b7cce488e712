package dev.aquifer.node.mount;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows snapshots at targets. Every call can be made again, and leads to the same. */
public interface Mounter {
    /** What is at the target. */
    TargetState state(TargetPath target) throws IOException;

    /**
     * Makes the target and shows the snapshot there, read-only, without set-uid and devices. Nothing may be mounted on it
     * yet.
     *
     * @throws IOException if it cannot be done or is not read-only afterwards; then nothing is mounted
     */
    void mount(SnapshotDirectory snapshot, TargetPath target) throws IOException;

    /**
     * Takes away the mount, if there is one of ours, and the target.
     *
     * @return the snapshot that was to be seen there, null if none was
     * @throws IOException if something else is mounted there, or the target holds files: both are left alone
     */
    @Nullable SnapshotDirectory unmount(TargetPath target) throws IOException;

    /** The root of each snapshot that is mounted below kubelet's folder, as often as it is. */
    List<ShownRoot> shown() throws IOException;
}
