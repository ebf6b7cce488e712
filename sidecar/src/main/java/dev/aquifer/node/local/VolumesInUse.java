package dev.aquifer.node.local;

import dev.aquifer.node.link.PublishedVolume;
import java.io.IOException;
import java.util.List;

/** Says which volumes pods have, as far as the process that mounts has published them. */
@FunctionalInterface
public interface VolumesInUse {
    List<PublishedVolume> get() throws IOException;
}
