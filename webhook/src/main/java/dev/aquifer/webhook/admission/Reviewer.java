package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.admission.Review.OfPod;
import dev.aquifer.webhook.admission.Review.Unanswerable;
import dev.aquifer.webhook.cluster.ClusterView;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.Injector;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a whole body into an answer. A decision takes microseconds and is made on the event loop; only huge bodies are
 * read elsewhere, one at a time. Nothing here asks the API server.
 */
final class Reviewer {
    private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);
    /** What takes the event loop less than about a millisecond to read. */
    private static final int HUGE = 256 << 10;

    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(500);
    /** What the answer needs on its way back, of the time that the API server waits. */
    private static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReviewReader reader = new ReviewReader();
    private final Injector injector;
    private final ClusterView cluster;
    private final WorkerExecutor hugeReviews;

    Reviewer(Injector injector, ClusterView cluster, WorkerExecutor hugeReviews) {
        this.injector = injector;
        this.cluster = cluster;
        this.hugeReviews = hugeReviews;
    }

    void review(Exchange exchange) {
        if (exchange.body().length() < HUGE) {
            try {
                answer(exchange, read(exchange.body()));
            } catch (MalformedReviewException | RuntimeException e) {
                fail(exchange, e);
            }
            return;
        }
        hugeReviews
                .executeBlocking(() -> read(exchange.body()), false)
                .onSuccess(review -> answer(exchange, Objects.requireNonNull(review)))
                .onFailure(e -> fail(exchange, e));
    }

    private Review read(Body body) throws MalformedReviewException {
        return reader.read(body.bytes(), body.length());
    }

    private void answer(Exchange exchange, Review review) {
        switch (review) {
            case Unanswerable(String uid, Reason reason, String message) ->
                answer(exchange, uid, "", new Deny(reason, message, List.of()));
            case OfPod ofPod -> {
                Tenant tenant = cluster.tenant(ofPod.namespace());
                if (tenant == null) {
                    awaitTenant(exchange, ofPod);
                } else {
                    answer(exchange, ofPod, tenant);
                }
            }
        }
    }

    /** The API server can know a new namespace before its watch has told us. */
    private void awaitTenant(Exchange exchange, OfPod review) {
        long millis = TimeUnit.NANOSECONDS.toMillis(Math.min(LONGEST_WAIT, exchange.nanosLeft() - MARGIN));
        if (millis <= 0) {
            answer(exchange, review, null);
            return;
        }
        Vertx vertx = exchange.vertx();
        Context loop = vertx.getOrCreateContext();
        CompletableFuture<Tenant> known = cluster.whenKnown(review.namespace());
        long timer = vertx.setTimer(millis, late -> known.cancel(false));
        var _ = known.whenComplete((tenant, late) -> loop.runOnContext(now -> {
            vertx.cancelTimer(timer);
            answer(exchange, review, tenant);
        }));
    }

    private void answer(Exchange exchange, OfPod review, @Nullable Tenant tenant) {
        answer(exchange, review.uid(), review.namespace(), decide(review, tenant));
    }

    private Decision decide(OfPod review, @Nullable Tenant tenant) {
        if (tenant == null) {
            return new Deny(
                    Reason.UNKNOWN_NAMESPACE,
                    "aquifer does not know the namespace %s yet; try again in a second".formatted(review.namespace()),
                    List.of());
        }
        try {
            return injector.decide(tenant, review.pod(), cluster.catalog());
        } catch (RuntimeException e) {
            LOG.error("failed namespace={} uid={}", review.namespace(), review.uid(), e);
            return new Deny(
                    Reason.INTERNAL, "aquifer failed on this pod; its log names uid " + review.uid(), List.of());
        }
    }

    private static void answer(Exchange exchange, String uid, String namespace, Decision decision) {
        if (decision instanceof Deny deny) {
            LOG.info(
                    "denied namespace={} uid={} reason={} message=\"{}\"",
                    namespace,
                    uid,
                    deny.reason().label(),
                    deny.message());
        } else if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "admitted namespace={} uid={} reason={}",
                    namespace,
                    uid,
                    decision.reason().label());
        }
        exchange.answer(uid, decision);
    }

    private static void fail(Exchange exchange, Throwable e) {
        if (e instanceof MalformedReviewException malformed) {
            exchange.refuse(HttpRefusal.MALFORMED_REVIEW, String.valueOf(malformed.getMessage()));
            return;
        }
        LOG.error("failed to answer a review", e);
        exchange.refuse(HttpRefusal.INTERNAL);
    }
}
