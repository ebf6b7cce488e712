package dev.aquifer.webhook.binding.plan;

/** Why an object of a pair is deleted. */
public enum Removal {
    /** A pair of a later revision takes its place for new pods. */
    SUPERSEDED,
    /** The namespace is granted no role any more that needs the pair. */
    NOT_GRANTED,
    /** The namespace is gone, is being deleted or lost the label by which it takes part. */
    NAMESPACE_LEFT,
    /** The SharedVolume is gone or being deleted. */
    VOLUME_REMOVED,
    /** The source may not be shared any more, or not in this mode. */
    SOURCE_WITHDRAWN
}
