package dev.aquifer.webhook.binder.pods;

import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.paths.PathsState;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says of how many pods a volume's labels select run without it, since its directories were not there when they came:
 * nobody else tells, and no pod gets a volume later. Pods are counted when the directories have come and then, while
 * there are any, once an hour; one count serves all volumes.
 */
public final class LeftOut {
    /** By then admission knows of the directories, so that nobody is left out any more. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final Duration APART = Duration.ofMinutes(5);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final long NEVER = Long.MAX_VALUE;

    private final Supplier<Map<String, Integer>> census;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, Duration> later;
    private final Map<String, Long> readySince = new ConcurrentHashMap<>();
    private @Nullable Count last;

    private record Count(long at, Map<String, Integer> without) {}

    /**
     * Of the pods of a cluster.
     *
     * @param later has a volume looked at again after some time
     */
    public LeftOut(ApiServer api, Served served, BiConsumer<String, Duration> later) {
        this(new PodCensus(api, served)::take, System::nanoTime, later);
    }

    /**
     * Begins without a count.
     *
     * @param census counts pods by {@code owner/name} of the volume that they are without
     * @param later has a volume looked at again after some time
     */
    LeftOut(Supplier<Map<String, Integer>> census, LongSupplier nanoTime, BiConsumer<String, Duration> later) {
        this.census = census;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /** The condition of a volume that pods run without; null when none does, or that is not known yet. */
    public @Nullable VolumeCondition look(Shared shared, PathsState paths) {
        SharedVolumeSpec spec = Objects.requireNonNull(shared.volume()).spec();
        if (paths.truth() != PathsState.Truth.True
                || spec.roles().stream().allMatch(role -> role.podSelector() == null)) {
            readySince.remove(shared.uid());
            return null;
        }
        long settled = readySince.computeIfAbsent(shared.uid(), uid -> nanoTime.getAsLong()) + SETTLED.toNanos();
        Count count = count(shared, settled);
        int pods = count == null ? 0 : count.without.getOrDefault(key(shared), 0);
        return pods == 0 ? null : without(pods);
    }

    /** The volume is gone. */
    public void forget(String volumeUid) {
        readySince.remove(volumeUid);
    }

    /** The last count, made anew where that is due. */
    private synchronized @Nullable Count count(Shared shared, long settled) {
        long now = nanoTime.getAsLong();
        if (untilNext(last, shared, settled, now) <= 0) {
            last = new Count(now, census.get());
        }
        long wait = untilNext(last, shared, settled, now);
        if (wait != NEVER) {
            later.accept(shared.uid(), Duration.ofNanos(wait));
        }
        return last;
    }

    /** How long this count will do for the volume. */
    private static long untilNext(@Nullable Count count, Shared shared, long settled, long now) {
        if (count == null) {
            return settled - now;
        }
        if (count.at - settled < 0) {
            return Math.max(settled - now, count.at + APART.toNanos() - now);
        }
        return count.without.containsKey(key(shared)) ? count.at + AGAIN.toNanos() - now : NEVER;
    }

    private static String key(Shared shared) {
        return shared.owner() + "/" + shared.name();
    }

    private static VolumeCondition without(int pods) {
        return new VolumeCondition(
                VolumeCondition.PODS_SERVED,
                false,
                "PodsLeftOut",
                "%d pods that the labels of a role select run without the volume: its directories were not there when they came; have their workloads make them anew (kubectl rollout restart), and they get it"
                        .formatted(pods));
    }
}
