package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.admission.Review.OfPod;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Guard;
import dev.aquifer.webhook.inject.Injector;

/** Decides about a pod; pure, and in microseconds. */
@FunctionalInterface
interface Judge {
    Decision decide(Tenant tenant, OfPod review, Catalog catalog);

    /** Who decides for a webhook. */
    static Judge of(Webhook webhook, Injector injector) {
        return switch (webhook) {
            case MUTATE -> (tenant, review, catalog) -> injector.decide(tenant, review.pod(), catalog);
            case VALIDATE -> {
                Guard guard = new Guard(injector);
                yield (tenant, review, catalog) -> review.running()
                        ? guard.debugged(tenant, review.pod(), catalog)
                        : guard.created(tenant, review.pod(), catalog);
            }
        };
    }
}
