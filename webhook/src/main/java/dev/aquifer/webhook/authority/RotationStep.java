package dev.aquifer.webhook.authority;

/** One change of the Secret; the order of the constants is the order in which a rotation goes through them. */
enum RotationStep {
    KEEP,
    /** Add a new authority to the bundle; it does not sign yet. */
    PREPARE,
    /** Note that every configuration trusts the successor. */
    NOTE_SHOWN,
    /** Forget that note: a configuration was set back, and waiting starts again. */
    NOTE_HIDDEN,
    /** The successor signs from now on. */
    PROMOTE,
    /** Trust no more those whose last leaf has expired. */
    DROP,
    /** The authority has expired or is not yet valid by this clock, and no successor is: another signs from now on. */
    REPLACE
}
