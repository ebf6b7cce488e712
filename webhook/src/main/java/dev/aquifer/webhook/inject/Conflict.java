package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import java.util.List;

/** Why a pod cannot get some of its volumes as it stands. */
record Conflict(List<Injection> injections, Reason reason, String message) {

    /** One for each of the volumes. */
    List<Refused> refusals() {
        return injections.stream()
                .map(injection -> new Refused(injection.key(), reason, message))
                .toList();
    }
}
