package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.admission.Review.OfPod;
import dev.aquifer.webhook.admission.Review.Unanswerable;
import dev.aquifer.webhook.admission.ReviewResult.Decided;
import dev.aquifer.webhook.admission.ReviewResult.TooLate;
import dev.aquifer.webhook.admission.ReviewResult.UnknownTenant;
import dev.aquifer.webhook.cluster.ClusterView;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.http.Body;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.Injector;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a whole body into an answer. A decision takes microseconds and is made on the event loop; only huge bodies are
 * read and decided elsewhere, one at a time. Nothing here asks the API server, and whatever goes wrong is answered.
 */
final class Reviewer {
    /** From here on a pod may have so many mounts that deciding would hold up an event loop for milliseconds. */
    static final int HUGE = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(500);
    /** What the answer needs on its way back, of the time that the API server waits. */
    private static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReviewReader reader = new ReviewReader();
    private final Webhook webhook;
    private final Judge judge;
    private final ClusterView cluster;
    private final WorkerExecutor hugeReviews;

    Reviewer(Webhook webhook, Injector injector, ClusterView cluster, WorkerExecutor hugeReviews) {
        this.webhook = webhook;
        this.judge = Judge.of(webhook, injector);
        this.cluster = cluster;
        this.hugeReviews = hugeReviews;
    }

    void review(Exchange exchange) {
        think(exchange, () -> consider(exchange));
    }

    /** Thinks where it keeps nobody waiting, and settles the outcome on the event loop. */
    private void think(Exchange exchange, Callable<ReviewResult> thought) {
        if (exchange.body().length() < HUGE) {
            try {
                settle(exchange, thought.call());
            } catch (Throwable e) {
                fail(exchange, e);
            }
            return;
        }
        hugeReviews
                .executeBlocking(() -> exchange.nanosLeft() < 0 ? new TooLate() : thought.call(), false)
                .onSuccess(result -> settle(exchange, Objects.requireNonNull(result)))
                .onFailure(e -> fail(exchange, e));
    }

    private ReviewResult consider(Exchange exchange) throws MalformedReviewException {
        Body body = exchange.body();
        return switch (reader.read(webhook, body.bytes(), body.length())) {
            case Unanswerable(String uid, Reason reason, String message) ->
                new Decided(uid, "", new Deny(reason, message, List.of()));
            case OfPod review -> {
                Tenant tenant = cluster.tenant(review.namespace());
                yield tenant == null ? new UnknownTenant(review.uid(), review.namespace()) : decide(review, tenant);
            }
        };
    }

    private void settle(Exchange exchange, ReviewResult result) {
        try {
            switch (result) {
                case Decided decided -> answer(exchange, decided);
                case UnknownTenant unknown -> awaitTenant(exchange, unknown);
                case TooLate() -> exchange.refuse(HttpRefusal.BUSY);
            }
        } catch (Throwable e) {
            fail(exchange, e);
        }
    }

    /** The API server can know a new namespace, or its label, before its watch has told us. */
    private void awaitTenant(Exchange exchange, UnknownTenant unknown) {
        long millis = TimeUnit.NANOSECONDS.toMillis(Math.min(LONGEST_WAIT, exchange.nanosLeft() - MARGIN));
        if (millis <= 0) {
            settle(exchange, stillUnknown(unknown));
            return;
        }
        Vertx vertx = exchange.vertx();
        Context loop = vertx.getOrCreateContext();
        CompletableFuture<Tenant> known = cluster.whenKnown(unknown.namespace());
        long timer = vertx.setTimer(millis, late -> known.cancel(false));
        var _ = known.whenComplete((tenant, late) -> loop.runOnContext(now -> {
            vertx.cancelTimer(timer);
            if (tenant == null) {
                settle(exchange, stillUnknown(unknown));
            } else {
                think(exchange, () -> consider(exchange));
            }
        }));
    }

    private static Decided stillUnknown(UnknownTenant unknown) {
        return new Decided(
                unknown.uid(),
                unknown.namespace(),
                new Deny(
                        Reason.UNKNOWN_NAMESPACE,
                        "aquifer does not know the namespace %s, or its label aquifer.dev/inject=enabled, yet; try again in a second"
                                .formatted(unknown.namespace()),
                        List.of()));
    }

    private Decided decide(OfPod review, Tenant tenant) {
        return new Decided(review.uid(), review.namespace(), decision(review, tenant));
    }

    private Decision decision(OfPod review, Tenant tenant) {
        try {
            return judge.decide(tenant, review, cluster.catalog());
        } catch (Throwable e) {
            LOG.error("failed namespace={} uid={}", review.namespace(), review.uid(), e);
            return new Deny(
                    Reason.INTERNAL, "aquifer failed on this pod; its log names uid " + review.uid(), List.of());
        }
    }

    private void answer(Exchange exchange, Decided decided) {
        Decision decision = decided.decision();
        if (decision instanceof Deny deny) {
            LOG.info(
                    "denied webhook={} namespace={} uid={} reason={} message=\"{}\"",
                    webhook.path(),
                    decided.namespace(),
                    decided.uid(),
                    deny.reason().label(),
                    deny.message());
        } else if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "admitted webhook={} namespace={} uid={} reason={}",
                    webhook.path(),
                    decided.namespace(),
                    decided.uid(),
                    decision.reason().label());
        }
        exchange.answer(decided.uid(), decision);
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
