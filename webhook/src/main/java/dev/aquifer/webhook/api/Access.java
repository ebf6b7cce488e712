package dev.aquifer.webhook.api;

/** What a role may do with one path of a shared volume. */
public enum Access {
    /** The path can be read and never written. */
    ReadOnly,
    /** The path of the source itself can be read and written. */
    ReadWrite,
    /** An empty directory of the pod's own lies over the path and goes with the pod. */
    Scratch,
    /** An empty, read-only directory lies over the path. */
    Hidden
}
