package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.linux.Fd;
import java.util.Set;

/**
 * A directory of the source that is open.
 *
 * @param excluded names in it that are not looked at
 */
public record Place(Fd fd, DatasetPath path, Set<Name> excluded) implements AutoCloseable {
    @Override
    public void close() {
        fd.close();
    }
}
