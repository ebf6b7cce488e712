package dev.aquifer.node.csi;

import dev.aquifer.node.link.Caller;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkHandler;
import dev.aquifer.node.link.LinkRequest;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.mount.Mounter;
import dev.aquifer.node.mount.ShownRoot;
import java.io.IOException;
import java.util.stream.Collectors;

/** Tells the other process which snapshots are mounted: it sees neither kubelet's folder nor the node's mounts. */
public final class ShownMounts implements LinkHandler {
    private final Mounter mounter;

    public ShownMounts(Mounter mounter) {
        this.mounter = mounter;
    }

    @Override
    public LinkAnswer answer(LinkRequest request, Caller caller) {
        if (!(request instanceof LinkRequest.Mounts)) {
            return new LinkAnswer.Refused(
                    RefusalCode.INVALID_ARGUMENT, "this process says only what is mounted; ask the one that fetches");
        }
        try {
            return new LinkAnswer.Mounted(
                    mounter.shown().stream().map(ShownMounts::onTheLink).collect(Collectors.toSet()));
        } catch (IOException e) {
            // a list that lacks one would have it evicted
            return new LinkAnswer.Refused(RefusalCode.INTERNAL, String.valueOf(e.getMessage()));
        }
    }

    private static MountedRoot onTheLink(ShownRoot root) {
        return new MountedRoot(root.device().major(), root.device().minor(), root.inode());
    }
}
