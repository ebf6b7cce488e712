package dev.aquifer.webhook.api;

/** What becomes of a snapshot when files of the source cannot be read. */
public enum OnUnreadable {
    /** There is none, and the condition Cached names the files. */
    Fail,
    /** They are left out. */
    Skip
}
