package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.inject.RoleMounts.Mount;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claims, in the pod's namespace, through which a pod reaches one volume.
 *
 * @param direct of the source itself; null when the role shows nothing of it that is not cached
 * @param cached of what the node caches; null when the role shows nothing of that
 */
record Claims(@Nullable String direct, @Nullable String cached) {

    /** The claim of a mount that shows something of the source. */
    String of(Mount mount) {
        return Objects.requireNonNull(mount.cached() ? cached : direct, "a path that is read or written has a claim");
    }

    /** The one at the volume's root, or else the only one there is; null for none. */
    @Nullable String first() {
        return cached == null ? direct : cached;
    }

    Stream<String> all() {
        return Stream.of(cached, direct).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    /** Whether a claim is one of the binder's, which the pod may use in no other way than the role's. */
    static boolean reserved(@Nullable String claim) {
        return claim != null && PairName.isReserved(claim);
    }
}
