package dev.aquifer.webhook.inject;

import org.jspecify.annotations.Nullable;

/**
 * What injection comes to for a pod.
 *
 * @param plan what the pod is to have; null when it gets nothing
 */
record Outcome(Decision decision, @Nullable Plan plan) {
    static Outcome nothing(Decision decision) {
        return new Outcome(decision, null);
    }
}
