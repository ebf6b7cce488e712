package dev.aquifer.webhook.binder.pairs;

import java.util.Locale;

/** What became of a look at one shared volume. */
public enum LookResult {
    DONE,
    /** Fields of its objects are others', and were left. */
    CONFLICT,
    /** The API server refused some of its objects. */
    REFUSED,
    /** It has to be tried again. */
    FAILED,
    /** What was written lately is not known back yet. */
    EARLY,
    /** Nobody can read the volume as one. */
    UNREADABLE,
    /** Revisions of pairs were raised; another look follows. */
    RAISED,
    /** The volume was given a finalizer; another look follows. */
    HELD;

    /** In one word, for metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
