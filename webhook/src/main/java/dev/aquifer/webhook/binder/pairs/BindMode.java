package dev.aquifer.webhook.binder.pairs;

/** Who finishes bindings. */
public enum BindMode {
    /** This program, in batches. */
    FAST,
    /** Kubernetes' own controller, at the rate that its clients are limited to. */
    CONTROLLER
}
