package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Reason;
import java.util.List;

/** Why a pod cannot get some of its volumes as it stands. */
record Conflict(List<Injection> injections, Reason reason, String message) {}
