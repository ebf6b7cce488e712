package dev.aquifer.node.origin.walk;

import dev.aquifer.node.dataset.DatasetPath;
import java.util.Set;

/**
 * The successor of a listing, by a look at some paths.
 *
 * @param changed those of them that are something else now than the listing before said
 */
public record Relisted(Listing listing, Set<DatasetPath> changed) {
    public Relisted {
        changed = Set.copyOf(changed);
    }
}
