package dev.aquifer.webhook.binding.source;

/** Why a source can be shared or not: the reason of the condition SourceReady. */
public enum SourceReason {
    Resolved,
    /** It can be shared, and something about it should be known. */
    ResolvedWithWarnings,
    ClaimMissing,
    ClaimNotBound,
    /** Its deletion was requested, and it is there as long as pods use it. */
    ClaimBeingDeleted,
    VolumeMissing,
    /** It is a pair of ours, or the same place as one that the owner has as a tenant. */
    Reshared,
    /** One pod alone may use it. */
    ReadWriteOncePod,
    BlockVolume,
    TypeNotSupported,
    DriverNotKnown,
    /** Two volumes of it would have one handle. */
    HandleNotShareable,
    /** Caches are filled from a claim of the owner's, and the source is none. */
    NotAClaim,
    /** The volume is to be cached, and there are no node agents. */
    NoNodeAgents,
    /** The owner's namespace may not share the cluster's storage. */
    ClusterSourceNotAllowed,
    /** Where only some namespaces are looked at, no PersistentVolume is made. */
    PairsNotMade
}
