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
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other process what is mounted, for it sees neither kubelet's folder nor the node's mounts, and what it needs to go
 * on with that after it has started anew.
 */
public final class MountHandler implements LinkHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MountHandler.class);

    private final Mounter mounter;
    private final PublishedVolumes volumes;

    public MountHandler(Mounter mounter, PublishedVolumes volumes) {
        this.mounter = mounter;
        this.volumes = volumes;
    }

    @Override
    public LinkAnswer answer(LinkRequest request, Caller caller) {
        return switch (request) {
            case LinkRequest.Mounts _ -> mounted();
            case LinkRequest.Volumes _ -> new LinkAnswer.Volumes(List.copyOf(volumes.all()));
            case LinkRequest.Acquire _,
                    LinkRequest.Forget _,
                    LinkRequest.Published _,
                    LinkRequest.Condition _,
                    LinkRequest.Reach _,
                    LinkRequest.Status _ ->
                new LinkAnswer.Refused(
                        RefusalCode.INVALID_ARGUMENT,
                        "this process says only what is mounted; ask the one that fetches");
        };
    }

    private LinkAnswer mounted() {
        try {
            return new LinkAnswer.Mounted(
                    mounter.shown().stream().map(MountHandler::onTheLink).toList());
        } catch (IOException e) {
            LOG.warn("event=mounts-unreadable error=\"{}\"", e.getMessage());
            // a list that lacks one would have it evicted
            return new LinkAnswer.Refused(RefusalCode.INTERNAL, String.valueOf(e.getMessage()));
        }
    }

    private static MountedRoot onTheLink(ShownRoot root) {
        return new MountedRoot(root.device().major(), root.device().minor(), root.inode());
    }
}
