package dev.aquifer.webhook.api;

/** What becomes of a snapshot when files of the source change all the time. */
public enum OnChange {
    /** It waits until they rest. */
    Wait,
    /** They are left out. */
    Skip
}
