package dev.aquifer.webhook.binder.caching;

import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.report.CacheState;
import org.jspecify.annotations.Nullable;

/**
 * How a cached volume's origin and caches are.
 *
 * @param condition Cached
 * @param state how the caches are; null where that is not known
 */
public record CacheStatus(
        VolumeCondition condition, @Nullable CacheState state) {

    /** Of an origin that is so, and nodes that are so. */
    static CacheStatus of(VolumeCondition origin, @Nullable CacheState state) {
        if (state == null || state.equals(CacheState.NONE)) {
            return new CacheStatus(origin, state);
        }
        CacheState.Trouble trouble = state.trouble();
        String nodes = "; " + state.nodes().sentence();
        if (!origin.holds()) {
            return new CacheStatus(with(origin, origin.message() + nodes), state);
        }
        if (trouble != null) {
            return new CacheStatus(
                    new VolumeCondition(VolumeCondition.CACHED, false, trouble.reason(), trouble.message() + nodes),
                    state);
        }
        String remarks = state.remarks().isEmpty() ? "" : "; " + state.remarks();
        return new CacheStatus(with(origin, origin.message() + remarks + nodes), state);
    }

    private static VolumeCondition with(VolumeCondition condition, String message) {
        return new VolumeCondition(condition.type(), condition.holds(), condition.reason(), message);
    }
}
