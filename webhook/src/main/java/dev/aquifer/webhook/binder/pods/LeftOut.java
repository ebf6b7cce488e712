package dev.aquifer.webhook.binder.pods;

import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.paths.PathsState;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of how many pods a volume's labels select run without it, since its directories were not there when they came:
 * nobody else tells, and no pod gets a volume later. Pods are counted when the directories have come and then, while
 * there are any, once an hour; one count serves all volumes. Where it fails, what was counted before is said, and nothing
 * else of a volume waits for it.
 */
public final class LeftOut {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);
    /** By then admission knows of the directories, so that nobody is left out any more. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final Duration APART = Duration.ofMinutes(5);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final long NEVER = Long.MAX_VALUE;

    private final Function<Set<String>, Map<String, Integer>> census;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, Duration> later;
    private final Map<String, Ready> ready = new ConcurrentHashMap<>();
    private final ReentrantLock counting = new ReentrantLock();
    private volatile @Nullable Count last;
    private @Nullable Long failed;

    private record Count(long at, Map<String, Integer> without) {}

    /** Since when the directories of a volume are there. */
    private record Ready(String key, long since) {}

    /**
     * Of the pods of a cluster.
     *
     * @param api asks once: the status of a volume waits for the answer
     * @param later has a volume looked at again after some time
     */
    public LeftOut(ApiServer api, Served served, BiConsumer<String, Duration> later) {
        this(new PodCensus(api, served)::take, System::nanoTime, later);
    }

    /**
     * Begins without a count.
     *
     * @param census counts pods by {@code owner/name} of the volume that they are without, of these volumes
     * @param later has a volume looked at again after some time
     */
    LeftOut(
            Function<Set<String>, Map<String, Integer>> census,
            LongSupplier nanoTime,
            BiConsumer<String, Duration> later) {
        this.census = census;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /** The condition of a volume that pods run without; null when none does, or that is not known yet. */
    public @Nullable VolumeCondition look(Shared shared, PathsState paths) {
        SharedVolumeSpec spec = Objects.requireNonNull(shared.volume()).spec();
        if (paths.truth() != PathsState.Truth.True
                || spec.roles().stream().allMatch(role -> role.podSelector() == null)) {
            ready.remove(shared.uid());
            return null;
        }
        Ready since = ready.computeIfAbsent(shared.uid(), uid -> new Ready(shared.key(), nanoTime.getAsLong()));
        Count count = count(shared, since.since + SETTLED.toNanos());
        int pods = count == null ? 0 : count.without.getOrDefault(shared.key(), 0);
        return pods == 0 ? null : without(pods);
    }

    /** The volume is gone. */
    public void forget(String volumeUid) {
        ready.remove(volumeUid);
    }

    /** The last count, made anew where that is due and nobody is at it. */
    private @Nullable Count count(Shared shared, long settled) {
        if (!counting.tryLock()) {
            later.accept(shared.uid(), SETTLED);
            return last;
        }
        try {
            long now = nanoTime.getAsLong();
            if (untilDue(shared, settled, now) <= 0) {
                take(now);
            }
            long wait = untilDue(shared, settled, now);
            if (wait != NEVER) {
                later.accept(shared.uid(), Duration.ofNanos(wait));
            }
            return last;
        } finally {
            counting.unlock();
        }
    }

    private void take(long now) {
        try {
            Set<String> asked = ready.values().stream().map(Ready::key).collect(Collectors.toSet());
            last = new Count(now, census.apply(asked));
            failed = null;
        } catch (ApiException e) {
            LOG.warn("pods without their volumes not counted cause=\"{}\"", e.getMessage());
            failed = now;
        }
    }

    private long untilDue(Shared shared, long settled, long now) {
        long wait = untilNext(last, shared, settled, now);
        return failed == null ? wait : Math.max(wait, failed + APART.toNanos() - now);
    }

    /** How long this count will do for the volume. */
    private static long untilNext(@Nullable Count count, Shared shared, long settled, long now) {
        if (count == null) {
            return settled - now;
        }
        if (count.at - settled < 0) {
            return Math.max(settled - now, count.at + APART.toNanos() - now);
        }
        return count.without.containsKey(shared.key()) ? count.at + AGAIN.toNanos() - now : NEVER;
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
