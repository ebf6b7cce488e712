package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.pods.ClaimNode;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.origin.Origin;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.paths.CachedPaths;
import dev.aquifer.webhook.report.CacheState;
import dev.aquifer.webhook.rest.ApiException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the origin of each cached volume as it should be, and says how it is. Nothing of it is watched: it is compared
 * with how it should be again and again, seldom once it serves, or has not been ready for long.
 */
final class OriginKeeper {
    private static final String NO_AGENTS = "NoNodeAgents";
    private static final String NOT_READY = "OriginNotReady";
    private static final String NO_SOURCE = "SourceNotReady";
    /** What is known without nodes that report. */
    private static final Set<String> OWN = Set.of(NO_AGENTS, NOT_READY, NO_SOURCE);

    private final @Nullable OriginSettings settings;
    private final OriginWriter objects;
    private final DatasetKeys keys;
    private final ClaimNode nodes;
    private final CacheNews news;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, Duration> later;
    private final Map<String, OriginLook> looks = new ConcurrentHashMap<>();

    /**
     * An origin's keeper.
     *
     * @param settings null where there are no node agents
     * @param later has a volume looked at again after some time
     */
    OriginKeeper(
            @Nullable OriginSettings settings,
            OriginWriter objects,
            DatasetKeys keys,
            ClaimNode nodes,
            CacheNews news,
            LongSupplier nanoTime,
            BiConsumer<String, Duration> later) {
        this.settings = settings;
        this.objects = objects;
        this.keys = keys;
        this.nodes = nodes;
        this.news = news;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /**
     * How it is cached; null for a volume that is not, of which nothing is left then.
     *
     * @param dataset null while its source cannot be had
     */
    @Nullable CacheStatus look(Shared shared, @Nullable Dataset dataset) {
        KnownVolume volume = Objects.requireNonNull(shared.volume());
        if (volume.spec().readPath() != ReadPath.Cached) {
            if (shared.condition(VolumeCondition.CACHED) != null) {
                remove(shared);
            }
            return null;
        }
        if (settings == null) {
            return withoutAgents(shared);
        }
        if (dataset == null) {
            return new CacheStatus(
                    new VolumeCondition(
                            VolumeCondition.CACHED,
                            false,
                            NO_SOURCE,
                            "nothing new is cached until the source can be had: see conditions SourceReady and PathsReady"),
                    null);
        }
        if (shared.condition(VolumeCondition.CACHED) == null) {
            // whoever comes to take the origin away knows of it by this condition alone
            later.accept(shared.uid(), Duration.ZERO);
            return new CacheStatus(starting("its objects are made next"), null);
        }
        OriginLook before = looks.get(shared.uid());
        OriginLook now = before != null && before.isFresh(dataset, shared.generation(), nanoTime.getAsLong())
                ? before
                : OriginLook.after(
                        before, dataset, shared.generation(), look(volume, dataset, settings), nanoTime.getAsLong());
        looks.put(shared.uid(), now);
        later.accept(shared.uid(), now.lasts());
        VolumeCondition written = shared.condition(VolumeCondition.CACHED);
        return written != null
                        && !OWN.contains(written.reason())
                        && news.isEarly()
                        && now.condition().holds()
                ? new CacheStatus(written, null)
                : CacheStatus.of(now.condition(), news.of(dataset.id()));
    }

    /** The volume is gone. */
    void forget(String volumeUid) {
        looks.remove(volumeUid);
    }

    /** Takes all objects of the volume's origin, and the keys of its datasets. */
    void remove(Shared shared) {
        looks.remove(shared.uid());
        VolumeCondition written = shared.condition(VolumeCondition.CACHED);
        if (settings != null || (written != null && !written.reason().equals(NO_AGENTS))) {
            objects.remove(shared.owner(), Dataset.originOf(shared.owner(), shared.name(), shared.uid()), shared.uid());
            keys.remove(shared.uid());
        }
    }

    /** What was made while there were agents goes once. */
    private CacheStatus withoutAgents(Shared shared) {
        String reason = NO_AGENTS;
        String message =
                "no node has an agent that caches: set cache.enabled in the chart's values, or share it with readPath: Direct";
        try {
            remove(shared);
        } catch (ApiException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            reason = "OriginLeft";
            message += "; the origin that it had could not be taken away: " + e.getMessage();
        }
        return new CacheStatus(new VolumeCondition(VolumeCondition.CACHED, false, reason, message), CacheState.NONE);
    }

    private VolumeCondition look(KnownVolume volume, Dataset dataset, OriginSettings given) {
        String authorities = objects.authorities(given.namespace());
        return authorities == null
                ? starting("admission has not published its certificate authority yet")
                : keep(volume, dataset, authorities, given);
    }

    private VolumeCondition keep(KnownVolume volume, Dataset dataset, String authorities, OriginSettings given) {
        String node = dataset.oneNode() ? nodeOf(dataset) : null;
        Origin origin = Origin.of(volume, dataset, keys.sha256(dataset, volume.uid()), authorities, node, given);
        JsonNode deployment;
        try {
            deployment = objects.apply(origin);
        } catch (ApiException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            return starting("the API server refused its objects in namespace \"%s\": %s"
                    .formatted(dataset.owner(), e.getMessage()));
        }
        boolean current = deployment.at("/status/observedGeneration").asLong()
                == deployment.at("/metadata/generation").asLong();
        if (!current || deployment.at("/status/availableReplicas").asInt() == 0) {
            return starting(
                    "its pod is not ready; if that lasts, see kubectl -n %s describe pods -l aquifer.dev/origin=%s"
                            .formatted(dataset.owner(), dataset.origin()));
        }
        return new VolumeCondition(VolumeCondition.CACHED, true, "Serving", serving(volume, dataset, node));
    }

    /** Where its owner's newest pod is, so that the origin never holds the claim back from a pod that moves. */
    private @Nullable String nodeOf(Dataset dataset) {
        return nodes.of(
                dataset.owner(),
                dataset.claim(),
                pod -> !pod.at("/metadata/labels").path(Origin.LABEL).asText().equals(dataset.origin()));
    }

    private static VolumeCondition starting(String why) {
        return new VolumeCondition(
                VolumeCondition.CACHED,
                false,
                NOT_READY,
                "nodes go on with what they have, and fetch nothing from the origin: " + why);
    }

    private static String serving(KnownVolume volume, Dataset dataset, @Nullable String node) {
        StringBuilder text =
                new StringBuilder("nodes fill their caches from the origin \"%s\"".formatted(dataset.origin()));
        var written = CachedPaths.of(volume.spec()).written();
        if (!written.isEmpty()) {
            text.append(
                    "; roles write %s, which everybody reads from the source".formatted(String.join(", ", written)));
        }
        if (node != null) {
            text.append("; the claim is ReadWriteOnce, so the origin stays on node \"%s\" beside its owner's pods"
                    .formatted(node));
        }
        return text.toString();
    }
}
