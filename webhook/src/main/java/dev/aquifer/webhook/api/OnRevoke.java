package dev.aquifer.webhook.api;

/** What becomes of running pods when the grant that they used is withdrawn. */
public enum OnRevoke {
    Keep,
    Evict
}
