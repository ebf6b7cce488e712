package dev.aquifer.webhook.binder.pods;

import dev.aquifer.webhook.binding.plan.Action;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteVolume;
import dev.aquifer.webhook.binding.plan.Removal;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps a claim that has a successor while a pod with it waits for a node. Kubernetes keeps a deleted claim only for pods that
 * have one: the others could never start, and nobody makes them anew.
 */
public final class Successions {
    /** By then every replica of admission gives new pods the successor. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final Duration SOONEST = Duration.ofSeconds(15);
    private static final Duration LATEST = Duration.ofMinutes(5);

    private final Supplier<Set<String>> awaited;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, Duration> later;
    private final Map<String, Map<String, Long>> since = new ConcurrentHashMap<>();

    /**
     * Of the pods of a cluster.
     *
     * @param later has a volume looked at again after some time
     */
    public Successions(ApiServer api, Served served, BiConsumer<String, Duration> later) {
        this(new WaitingPods(api, served)::claims, System::nanoTime, later);
    }

    /**
     * Begins without a claim.
     *
     * @param awaited the claims, as {@code namespace/name}, of pods that no node has yet
     * @param later has a volume looked at again after some time
     */
    Successions(Supplier<Set<String>> awaited, LongSupplier nanoTime, BiConsumer<String, Duration> later) {
        this.awaited = awaited;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /** The actions without those that would take a pair away too early; one volume is looked at by one thread at a time. */
    public List<Action> due(String volumeUid, List<Action> actions) {
        List<DeleteClaim> superseded = actions.stream()
                .filter(action -> action instanceof DeleteClaim claim && claim.why() == Removal.SUPERSEDED)
                .map(DeleteClaim.class::cast)
                .toList();
        if (superseded.isEmpty()) {
            since.remove(volumeUid);
            return actions;
        }
        long now = nanoTime.getAsLong();
        Map<String, Long> seen = seen(volumeUid, superseded, now);
        Set<String> kept = new HashSet<>();
        Set<String> names = null;
        long wait = LATEST.toNanos();
        for (DeleteClaim claim : superseded) {
            long age = now - seen.getOrDefault(claim.uid(), now);
            if (age < SETTLED.toNanos()) {
                kept.add(claim.name());
                wait = Math.min(wait, SETTLED.toNanos() - age);
                continue;
            }
            names = names == null ? awaited.get() : names;
            if (names.contains(claim.namespace() + "/" + claim.name())) {
                kept.add(claim.name());
                wait = Math.min(wait, Math.max(SOONEST.toNanos(), age / 4));
            }
        }
        if (kept.isEmpty()) {
            return actions;
        }
        later.accept(volumeUid, Duration.ofNanos(wait));
        return actions.stream().filter(action -> !isOf(kept, action)).toList();
    }

    /** The volume is gone. */
    public void forget(String volumeUid) {
        since.remove(volumeUid);
    }

    private Map<String, Long> seen(String volumeUid, List<DeleteClaim> claims, long now) {
        Map<String, Long> before = since.getOrDefault(volumeUid, Map.of());
        Map<String, Long> seen = new HashMap<>();
        claims.forEach(claim -> seen.put(claim.uid(), before.getOrDefault(claim.uid(), now)));
        since.put(volumeUid, seen);
        return seen;
    }

    private static boolean isOf(Set<String> pairs, Action action) {
        return switch (action) {
            case DeleteClaim claim -> pairs.contains(claim.name());
            case DeleteVolume volume -> pairs.contains(volume.name());
            default -> false;
        };
    }
}
