package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.caching.CacheStatus;
import dev.aquifer.webhook.binder.caching.Caching;
import dev.aquifer.webhook.binder.directories.DirectoriesKeeper;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.pods.LeftOut;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.paths.PathsState;
import dev.aquifer.webhook.paths.PathsState.Truth;
import dev.aquifer.webhook.paths.RequiredPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps what a shared volume has beside its pairs, directories and caches, and says how they are. */
final class Upkeep {
    private final DirectoriesKeeper directories;
    private final Caching caching;
    private final LeftOut leftOut;

    Upkeep(DirectoriesKeeper directories, Caching caching, LeftOut leftOut) {
        this.directories = directories;
        this.caching = caching;
        this.leftOut = leftOut;
    }

    /**
     * How it is beside the pairs.
     *
     * @param cached null for a volume that is not cached
     * @param leftOut null where no pod is known to run without the volume
     */
    record Found(
            PathsState paths,
            @Nullable CacheStatus cached,
            @Nullable VolumeCondition leftOut) {

        /** PathsReady, and those that a volume has only sometimes. */
        List<VolumeCondition> conditions() {
            List<VolumeCondition> conditions = new ArrayList<>();
            conditions.add(new VolumeCondition(
                    VolumeCondition.PATHS_READY, paths.truth() == Truth.True, paths.reason(), paths.message()));
            if (cached != null) {
                conditions.add(cached.condition());
            }
            if (leftOut != null) {
                conditions.add(leftOut);
            }
            return conditions;
        }
    }

    Found look(Shared shared, VolumePlan plan) {
        caching.note(shared.uid(), null);
        PathsState paths = directories.look(shared, plan);
        // kubelet would make the root for the origin's pod
        boolean hasRoot =
                RequiredPaths.isRootIn(Objects.requireNonNull(shared.volume()).spec(), paths.ready());
        Dataset dataset = hasRoot ? plan.dataset() : null;
        caching.note(shared.uid(), dataset);
        CacheStatus cached = caching.look(shared, dataset);
        return new Found(paths, cached, leftOut.look(shared, paths));
    }

    /** The volume cannot be read: what there is for it stays. */
    void skip(String volumeUid) {
        caching.note(volumeUid, null);
    }

    /** The volume is being deleted. */
    void end(String volumeUid) {
        directories.forget(volumeUid);
        leftOut.forget(volumeUid);
    }

    /** The volume is gone. */
    void forget(String volumeUid) {
        end(volumeUid);
        caching.forget(volumeUid);
    }

    /** Takes away what was made for its caches. */
    void remove(Shared shared) {
        caching.remove(shared);
    }
}
