package dev.aquifer.webhook.binding.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim that may be a source.
 *
 * @param phase {@code Pending}, {@code Bound} or {@code Lost}
 * @param volumeName the PersistentVolume that it is bound to
 * @param deleted whether its deletion was requested; it stays while pods use it
 * @param managed whether it carries the labels of the binder's objects
 */
public record SourceClaim(
        String namespace,
        String name,
        String uid,
        String phase,
        @Nullable String volumeName,
        List<String> accessModes,
        boolean deleted,
        boolean managed) {
    public SourceClaim {
        accessModes = List.copyOf(accessModes);
    }
}
