package dev.aquifer.node.mount;

import java.io.IOException;

/** Files of a snapshot could be changed by whoever sees them, and nothing else keeps a container from it. */
public final class UnguardedException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnguardedException(IOException noOverlay) {
        super(
                "expected files of the cache to be immutable, or the kernel to show them by an overlay, found neither (%s): give the cache folder an ext4 or XFS file system and the node agent CAP_LINUX_IMMUTABLE, or load the node's overlay module, or set readPath: Direct"
                        .formatted(noOverlay.getMessage()),
                noOverlay);
    }
}
