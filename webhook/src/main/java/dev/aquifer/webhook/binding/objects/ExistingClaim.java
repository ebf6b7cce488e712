package dev.aquifer.webhook.binding.objects;

import dev.aquifer.webhook.binding.names.PairLabels;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim under a name that only the binder gives, cut to what plans compare. {@link PairReader} reads it.
 *
 * @param phase {@code Pending}, {@code Bound} or {@code Lost}
 * @param volumeName the PersistentVolume that it names
 * @param deleted when its deletion was requested; null if it was not
 * @param labels null when they are not those of a pair
 * @param accessModes those asked for
 * @param storage the size asked for, as the API server writes it
 * @param plain whether the rest of its specification is what the binder writes: no class, no selector, no data source,
 *     no block device
 */
public record ExistingClaim(
        String namespace,
        String name,
        String uid,
        String phase,
        @Nullable String volumeName,
        @Nullable Instant deleted,
        @Nullable PairLabels labels,
        List<String> accessModes,
        String storage,
        boolean plain) {
    public ExistingClaim {
        accessModes = List.copyOf(accessModes);
    }

    public boolean deleting() {
        return deleted != null;
    }
}
