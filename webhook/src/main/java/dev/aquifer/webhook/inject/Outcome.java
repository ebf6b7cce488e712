package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Resolution.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What injection comes to for a pod.
 *
 * @param plan what the pod is to have; null when it gets nothing
 * @param refused the volumes that it asks for or that select it, and does not get
 */
record Outcome(Decision decision, @Nullable Plan plan, List<Refused> refused) {
    static Outcome nothing(Decision decision) {
        return new Outcome(decision, null, List.of());
    }

    Outcome withWarning(String warning) {
        return new Outcome(decision.withWarning(warning), plan, refused);
    }
}
