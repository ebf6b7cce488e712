package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a snapshot is shown: by a bind mount if its files refuse to be changed, else by a file system that does. What the
 * kernel has not is followed by the next best.
 */
record Presentation(List<Attachment> ofGuarded, List<Attachment> ofOthers) {
    private static final Logger LOG = LoggerFactory.getLogger(Presentation.class);
    private static final Set<Errno> UNSUPPORTED =
            EnumSet.of(Errno.ENOSYS, Errno.ENODEV, Errno.EINVAL, Errno.EOPNOTSUPP, Errno.EPERM);

    Presentation {
        ofGuarded = List.copyOf(ofGuarded);
        ofOthers = List.copyOf(ofOthers);
    }

    /** The folders are those of {@link LinuxMounter}. */
    static Presentation of(Path hidden, Path empty) {
        BoundTwice older = new BoundTwice(hidden);
        return new Presentation(
                List.of(new MovedTree(), older), List.of(new LowerLayers(empty), new MovedTree(), older));
    }

    void attach(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException {
        List<Attachment> ways = isGuarded(snapshot) ? ofGuarded : ofOthers;
        for (int i = 0; ; i++) {
            try {
                ways.get(i).attach(name, snapshot, target);
                return;
            } catch (LinuxException e) {
                if (!UNSUPPORTED.contains(e.errno()) || i == ways.size() - 1) {
                    throw e;
                }
                LOG.debug("event=attachment-unsupported error=\"{}\"", e.getMessage());
            }
        }
    }

    private static boolean isGuarded(Fd snapshot) {
        try {
            return (Metadata.flags(snapshot) & Metadata.IMMUTABLE) != 0;
        } catch (LinuxException noFlagsHere) {
            return false;
        }
    }
}
