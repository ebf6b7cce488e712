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
 * How a snapshot is shown: by a bind mount if its files refuse to be changed, else by a file system that does, or not at all:
 * a root container that does not ask for {@code readOnly} could write to the files of all tenants. What the kernel has not is
 * followed by the next best.
 */
record Presentation(List<Attachment> ofGuarded, Attachment ofOthers) {
    private static final Logger LOG = LoggerFactory.getLogger(Presentation.class);
    private static final Set<Errno> UNSUPPORTED =
            EnumSet.of(Errno.ENOSYS, Errno.ENODEV, Errno.EINVAL, Errno.EOPNOTSUPP, Errno.EPERM);

    Presentation {
        ofGuarded = List.copyOf(ofGuarded);
    }

    /** The folders are those of {@link LinuxMounter}. */
    static Presentation of(Path hidden, Path empty) {
        return new Presentation(List.of(new MovedTree(), new BoundTwice(hidden)), new LowerLayers(empty));
    }

    void attach(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException {
        if (isGuarded(snapshot)) {
            attachGuarded(name, snapshot, target);
        } else {
            attachOther(name, snapshot, target);
        }
    }

    private void attachGuarded(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException {
        for (int i = 0; ; i++) {
            try {
                ofGuarded.get(i).attach(name, snapshot, target);
                return;
            } catch (LinuxException e) {
                if (!UNSUPPORTED.contains(e.errno()) || i == ofGuarded.size() - 1) {
                    throw e;
                }
                LOG.debug("event=attachment-unsupported error=\"{}\"", e.getMessage());
            }
        }
    }

    private void attachOther(SnapshotDirectory name, Fd snapshot, Fd target) throws IOException {
        try {
            ofOthers.attach(name, snapshot, target);
        } catch (LinuxException e) {
            if (!UNSUPPORTED.contains(e.errno())) {
                throw e;
            }
            throw new UnguardedException(e);
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
