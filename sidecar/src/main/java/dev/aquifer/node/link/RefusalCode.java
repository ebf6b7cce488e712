package dev.aquifer.node.link;

/** Why something is refused, by the names of gRPC's codes. */
public enum RefusalCode {
    /** The request itself is wrong. */
    INVALID_ARGUMENT,
    NOT_FOUND,
    PERMISSION_DENIED,
    /** It does not fit: quota, or the file system is full. */
    RESOURCE_EXHAUSTED,
    /** Something outside must change first. */
    FAILED_PRECONDITION,
    /** The origin cannot be reached, or the process is going down. */
    UNAVAILABLE,
    INTERNAL
}
