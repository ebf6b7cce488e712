package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has pods leave that use a claim whose grant was withdrawn: asks them through the eviction API, which honours their
 * disruption budgets, until the deadline, and deletes those that are left. The deadline counts from the claim's own
 * deletion, so that it holds across restarts.
 */
final class Evictor {
    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final ApiServer api;
    private final Writer writer;
    private final Writer impatient;
    private final Events events;
    private final Clock clock;

    /** @param impatient its 429 is the answer of a budget, so it must not be retried */
    Evictor(ApiServer api, Writer writer, Writer impatient, Events events, Clock clock) {
        this.api = api;
        this.writer = writer;
        this.impatient = impatient;
        this.events = events;
        this.clock = clock;
    }

    /**
     * One attempt for all pods of the claim.
     *
     * @param source names the shared volume, for the Events
     * @return whether any pod is still there
     */
    boolean clear(String namespace, String claim, String source, Instant deadline) {
        List<JsonNode> pods = users(namespace, claim);
        boolean late = !clock.instant().isBefore(deadline);
        for (JsonNode pod : pods) {
            if (pod.path("metadata").has("deletionTimestamp")) {
                continue;
            }
            sendAway(namespace, pod, source, late);
        }
        return !pods.isEmpty();
    }

    /** A pod that cannot be sent away now keeps up neither the others nor what else is to be done for the volume. */
    private void sendAway(String namespace, JsonNode pod, String source, boolean late) {
        try {
            if (late) {
                delete(namespace, pod, source);
            } else {
                evict(namespace, pod, source);
            }
        } catch (ApiException e) {
            if (e.code() == ApiException.NONE) {
                throw e;
            }
            tell(
                    namespace,
                    pod,
                    late ? "DeletionFailed" : "EvictionFailed",
                    "the grant of the shared volume %s to this namespace was withdrawn, and the pod could not be sent away: %s; it is tried again, and %s"
                            .formatted(
                                    source,
                                    e.getMessage(),
                                    late
                                            ? "until then the pod keeps the volume"
                                            : "the pod is deleted once the volume's evictDeadline is over"));
        }
    }

    private void evict(String namespace, JsonNode pod, String source) {
        String name = pod.path("metadata").path("name").asText();
        ObjectNode eviction = JsonNodeFactory.instance.objectNode();
        eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata").put("namespace", namespace).put("name", name);
        eviction.putObject("deleteOptions")
                .putObject("preconditions")
                .put("uid", pod.path("metadata").path("uid").asText());
        try {
            impatient.create(Paths.pods(namespace) + "/" + name + "/eviction", eviction);
        } catch (ApiException e) {
            if (!e.isTooMany() && !e.isNotFound() && !e.isConflict()) {
                throw e;
            }
            LOG.debug("eviction put off namespace={} pod={} cause=\"{}\"", namespace, name, e.getMessage());
            return;
        }
        LOG.info("evicted namespace={} pod={} volume={}", namespace, name, source);
        tell(
                namespace,
                pod,
                "Evicted",
                "the grant of the shared volume %s to this namespace was withdrawn".formatted(source));
    }

    private void delete(String namespace, JsonNode pod, String source) {
        JsonNode metadata = pod.path("metadata");
        String name = metadata.path("name").asText();
        writer.delete(Paths.pods(namespace) + "/" + name, metadata.path("uid").asText());
        LOG.info("deleted after the deadline namespace={} pod={} volume={}", namespace, name, source);
        tell(
                namespace,
                pod,
                "DeletedAfterDeadline",
                "the grant of the shared volume %s to this namespace was withdrawn, and the pod could not be evicted within the volume's evictDeadline"
                        .formatted(source));
    }

    private void tell(String namespace, JsonNode pod, String reason, String note) {
        JsonNode metadata = pod.path("metadata");
        events.warning(
                Subject.pod(
                        namespace,
                        metadata.path("name").asText(),
                        metadata.path("uid").asText()),
                "Revoke",
                reason,
                note);
    }

    private List<JsonNode> users(String namespace, String claim) {
        List<JsonNode> users = new ArrayList<>();
        api.list(Paths.pods(namespace), pod -> {
            if (uses(pod, claim)) {
                users.add(pod);
            }
        });
        return users;
    }

    private static boolean uses(JsonNode pod, String claim) {
        if (ENDED.contains(pod.path("status").path("phase").asText())) {
            return false;
        }
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            if (volume.path("persistentVolumeClaim").path("claimName").asText().equals(claim)) {
                return true;
            }
        }
        return false;
    }
}
