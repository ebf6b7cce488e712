package dev.aquifer.webhook.binder.caching;

import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.binding.source.Dataset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of an origin.
 *
 * @param dataset and generation, of which it was seen
 * @param begun since when it serves, or does not
 * @param at when it was seen
 */
record OriginLook(Dataset dataset, long generation, VolumeCondition condition, long begun, long at) {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(30);

    /** What follows on an earlier look. */
    static OriginLook after(
            @Nullable OriginLook before, Dataset dataset, long generation, VolumeCondition condition, long now) {
        long begun = before != null && before.isOf(dataset, generation) && before.condition.holds() == condition.holds()
                ? before.begun
                : now;
        return new OriginLook(dataset, generation, condition, begun, now);
    }

    /** Whether nothing else need be seen now. */
    boolean isFresh(Dataset wanted, long wantedGeneration, long now) {
        return isOf(wanted, wantedGeneration) && now - at < lasts().toNanos();
    }

    /** Of one that is not ready for half a minute, the pauses double: it may never be, and each look has requests. */
    Duration lasts() {
        Duration longer = Duration.ofNanos(at - begun).minus(SELDOM);
        return condition.holds() || longer.compareTo(SELDOM) > 0 ? SELDOM : longer.compareTo(SOON) < 0 ? SOON : longer;
    }

    private boolean isOf(Dataset wanted, long wantedGeneration) {
        return dataset.equals(wanted) && generation == wantedGeneration;
    }
}
