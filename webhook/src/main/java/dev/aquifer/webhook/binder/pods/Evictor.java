package dev.aquifer.webhook.binder.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.requests.Events;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Subject;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.plan.Departure;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has pods leave that use a claim whose grant was withdrawn: asks them through the eviction API, which honours their
 * disruption budgets, until the deadline, and deletes those that are left. It remembers nothing: what is done to a pod
 * goes by the pod alone.
 */
public final class Evictor {
    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);
    private static final Duration SOON = Duration.ofSeconds(5);
    /** Of pods that are ending already; the claim's own end is told by a watch. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final ApiServer api;
    private final Writer writer;
    private final Writer impatient;
    private final Events events;
    private final Clock clock;

    /**
     * Sends pods off one by one.
     *
     * @param impatient its 429 is the answer of a budget, so it must not be retried
     */
    public Evictor(ApiServer api, Writer writer, Writer impatient, Events events, Clock clock) {
        this.api = api;
        this.writer = writer;
        this.impatient = impatient;
        this.events = events;
        this.clock = clock;
    }

    /**
     * One attempt for all pods of all these claims.
     *
     * @param source names the shared volume, for the Events
     * @return when another attempt is due; null when no pod is there
     */
    public @Nullable Duration clear(List<Departure> departures, String source) {
        Set<Duration> due = new HashSet<>();
        for (Departure departure : departures) {
            // none is kept for later: all pods of a namespace can be longer than there is memory
            api.list(Paths.pods(departure.namespace()), pod -> {
                if (PodClaims.use(pod, departure.claim())) {
                    due.add(sendOff(departure, pod, source));
                }
            });
        }
        return due.isEmpty() ? null : Collections.min(due);
    }

    private Duration sendOff(Departure departure, JsonNode pod, String source) {
        Instant now = clock.instant();
        SendOff step = SendOff.of(pod, departure.until(), now);
        if (step instanceof SendOff.Await) {
            Duration left = Duration.between(now, departure.until());
            return left.isPositive() && left.compareTo(LATER) < 0 ? left : LATER;
        }
        attempt(departure.namespace(), pod, source, step);
        return SOON;
    }

    /** A pod that cannot be sent away now keeps up neither the others nor what else is to be done for the volume. */
    private void attempt(String namespace, JsonNode pod, String source, SendOff step) {
        try {
            switch (step) {
                case SendOff.Ask(Long grace) -> evict(namespace, pod, source, grace);
                case SendOff.Delete(Long grace) -> {
                    delete(namespace, pod, source, grace);
                    tell(
                            namespace,
                            pod,
                            source,
                            "DeletedAfterDeadline",
                            ", and the pod could not be evicted within the volume's evictDeadline");
                }
                case SendOff.Hurry(long grace) -> {
                    delete(namespace, pod, source, grace);
                    tell(
                            namespace,
                            pod,
                            source,
                            "GraceShortened",
                            ", and the pod would go on ending past the volume's evictDeadline: it has %d s more"
                                    .formatted(grace));
                }
                case SendOff.Await() -> {}
            }
        } catch (ApiException e) {
            if (e.code() == ApiException.NONE) {
                throw e;
            }
            refused(namespace, pod, source, step instanceof SendOff.Ask, e);
        }
    }

    private void refused(String namespace, JsonNode pod, String source, boolean asked, ApiException e) {
        tell(
                namespace,
                pod,
                source,
                asked ? "EvictionFailed" : "DeletionFailed",
                ", and the pod could not be sent away: %s; it is tried again, and %s"
                        .formatted(
                                e.getMessage(),
                                asked
                                        ? "the pod is deleted once the volume's evictDeadline is over"
                                        : "until then the pod keeps the volume"));
    }

    private void evict(String namespace, JsonNode pod, String source, @Nullable Long grace) {
        String name = pod.path("metadata").path("name").asText();
        ObjectNode eviction = JsonNodeFactory.instance.objectNode();
        eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata").put("namespace", namespace).put("name", name);
        ObjectNode options = eviction.putObject("deleteOptions");
        options.putObject("preconditions").put("uid", Writer.uid(pod));
        if (grace != null) {
            options.put("gracePeriodSeconds", grace);
        }
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
        tell(namespace, pod, source, "Evicted", "");
    }

    private void delete(String namespace, JsonNode pod, String source, @Nullable Long grace) {
        String name = pod.path("metadata").path("name").asText();
        writer.delete(Paths.pods(namespace) + "/" + name, Writer.uid(pod), grace);
        LOG.info("deleted after the deadline namespace={} pod={} volume={}", namespace, name, source);
    }

    /** @param more how the sentence that says why goes on */
    private void tell(String namespace, JsonNode pod, String source, String reason, String more) {
        String name = pod.path("metadata").path("name").asText();
        events.warning(
                Subject.pod(namespace, name, Writer.uid(pod)),
                "Revoke",
                reason,
                "the grant of the shared volume %s to this namespace was withdrawn%s".formatted(source, more));
    }
}
