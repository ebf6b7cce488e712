package dev.aquifer.node.origin.source;

import dev.aquifer.node.transfer.LeftOutReason;
import org.jspecify.annotations.Nullable;

/** What to do with one path when a listing is made anew from the one before. */
public enum Mark {
    LOOK_AGAIN(null),
    /** Reading it failed: to be left out if that fails again. */
    READ_AGAIN(null),
    /** To be left out: reading it failed each time. */
    FAILING(LeftOutReason.FAILING),
    /** To be left out: it changed each time it was looked at. */
    CHANGING(LeftOutReason.CHANGING);

    private final @Nullable LeftOutReason reason;

    Mark(@Nullable LeftOutReason reason) {
        this.reason = reason;
    }

    /** Why the path is left out, or null where it is not. */
    public @Nullable LeftOutReason reason() {
        return reason;
    }
}
