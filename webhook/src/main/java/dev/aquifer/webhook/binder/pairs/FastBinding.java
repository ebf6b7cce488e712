package dev.aquifer.webhook.binder.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.requests.Parallel;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.DesiredVolume;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a batch of pairs and finishes their bindings, which Kubernetes' own controller would do at 20 requests a
 * second, and for a claim that is there before its volume up to 15 seconds later. A claim is called bound only once that
 * controller is known to have seen its volume: it would call the claim lost otherwise. Cut off anywhere, that controller
 * finishes what is left. See docs/decisions/0020.
 */
final class FastBinding {
    private static final Logger LOG = LoggerFactory.getLogger(FastBinding.class);
    private static final Duration BARRIER = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Writer writer;
    private final ApiServer api;
    private final PairWriter pairs;
    private final KnownCluster cluster;
    private final Parallel parallel;

    FastBinding(Writer writer, ApiServer api, PairWriter pairs, KnownCluster cluster, Parallel parallel) {
        this.writer = writer;
        this.api = api;
        this.pairs = pairs;
        this.cluster = cluster;
        this.parallel = parallel;
    }

    /** A pair whose claim is there. */
    private record Claimed(NewPair pair, JsonNode claim) {
        DesiredVolume volume() {
            return pair.volume().claimedBy(Writer.uid(claim));
        }
    }

    /** A pair whose claim and volume are there. */
    private record Made(NewPair pair, JsonNode claim, JsonNode volume) {}

    /** @param failed is told of each pair that could not be made, from any thread */
    void bind(List<NewPair> batch, BiConsumer<NewPair, ApiException> failed) {
        Queue<Claimed> claimed = new ConcurrentLinkedQueue<>();
        parallel.each(
                batch,
                pair -> attempt(pair, failed, () -> claimed.add(new Claimed(pair, pairs.createClaim(pair.claim())))));
        Claimed last = claimed.poll();
        if (last == null) {
            return;
        }
        Queue<Made> made = new ConcurrentLinkedQueue<>();
        parallel.each(claimed, one -> attempt(one.pair, failed, () -> made.add(makeBound(one))));
        attempt(
                last.pair,
                failed,
                () -> finish(made, new Made(last.pair, last.claim, pairs.createVolume(last.volume()))));
    }

    /** At once: what the controller comes to see unmarked it marks itself, at its own pace. */
    private Made makeBound(Claimed one) {
        Made made = new Made(one.pair, one.claim, pairs.createVolume(one.volume()));
        step("volume", made, () -> markBound(made));
        return made;
    }

    private void finish(Queue<Made> made, Made last) {
        made.add(last);
        if (!isSeen(last)) {
            LOG.warn("left bindings to Kubernetes' own controller pairs={} last={}", made.size(), last.pair.name());
            return;
        }
        Map<String, JsonNode> live = live(made);
        parallel.each(made, one -> step("claim", one, () -> finishClaim(one, live.get(one.pair.name()))));
    }

    /** The batch's volumes by their names, as the API server has them now. */
    private Map<String, JsonNode> live(Queue<Made> made) {
        String tenants = made.stream()
                .map(one -> one.pair.claim().namespace())
                .distinct()
                .collect(Collectors.joining("%2C"));
        String uid = made.element().pair.claim().labels().volumeUid();
        Map<String, JsonNode> live = new HashMap<>();
        api.list(
                Paths.VOLUMES + "?labelSelector=" + PairLabels.VOLUME_UID + "%3D" + uid + "%2C" + PairLabels.TENANT
                        + "+in+(" + tenants + ")",
                volume -> live.put(volume.path("metadata").path("name").asText(), volume));
        return live;
    }

    /**
     * Waits until the controller has bound the last volume of the batch, by itself; not beyond the lease, and not when
     * its claim or the volume is leaving. Its queue is first in, first out with one worker, so it has seen all of them
     * then.
     */
    private boolean isSeen(Made last) {
        CompletableFuture<Boolean> bound = cluster.volumes.whenSettled(last.pair.name());
        try {
            for (long waited = 0; waited < BARRIER.toMillis() && mayComeTo(last); waited += LOOK.toMillis()) {
                if (isDoneWithin(LOOK, bound)) {
                    return bound.join();
                }
            }
            return false;
        } finally {
            bound.cancel(true);
        }
    }

    private boolean mayComeTo(Made last) {
        ExistingClaim claim = cluster.claims.pair(last.pair.claim().namespace(), last.pair.name());
        return writer.mayWrite() && (claim == null || !claim.deleting());
    }

    private static boolean isDoneWithin(Duration time, CompletableFuture<Boolean> future) {
        try {
            future.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Of the very version that this batch made: what anybody has said of the volume since then stays. */
    private void markBound(Made one) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        JsonNode metadata = one.volume.path("metadata");
        patch.putObject("metadata")
                .put("uid", metadata.path("uid").asText())
                .put("resourceVersion", metadata.path("resourceVersion").asText());
        patch.putObject("status").put("phase", "Bound");
        pairs.note(one.pair.volume(), writer.merge(Paths.volume(one.pair.name()) + Paths.STATUS, patch));
    }

    /** One write, of the very version of the claim that this batch made. */
    private void finishClaim(Made one, @Nullable JsonNode volume) {
        if (volume == null || !isReady(volume, one)) {
            return;
        }
        JsonNode metadata = one.claim.path("metadata");
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .put("uid", metadata.path("uid").asText())
                .put("resourceVersion", metadata.path("resourceVersion").asText())
                .putObject("annotations")
                .put("pv.kubernetes.io/bind-completed", "yes");
        ObjectNode status = patch.putObject("status").put("phase", "Bound");
        status.set("accessModes", volume.path("spec").path("accessModes"));
        status.set("capacity", volume.path("spec").path("capacity"));
        String path = Paths.claim(one.pair.claim().namespace(), one.pair.name());
        pairs.note(one.pair.claim(), writer.merge(path + Paths.STATUS, patch));
    }

    /** On a live read: a claim is never called bound whose volume is leaving, or is another claim's. */
    private static boolean isReady(JsonNode volume, Made one) {
        return volume.path("spec").path("claimRef").path("uid").asText().equals(Writer.uid(one.claim))
                && !volume.path("metadata").has("deletionTimestamp")
                && volume.path("status").path("phase").asText().equals("Bound");
    }

    private static void attempt(NewPair pair, BiConsumer<NewPair, ApiException> failed, Runnable step) {
        try {
            step.run();
        } catch (ApiException e) {
            failed.accept(pair, e);
        }
    }

    /** What fails here, the controller does: it may have been first. */
    private static void step(String what, Made one, Runnable step) {
        try {
            step.run();
        } catch (ApiException e) {
            LOG.debug(
                    "left a {} to Kubernetes' own controller name={} cause=\"{}\"",
                    what,
                    one.pair.name(),
                    e.getMessage());
        }
    }
}
