package dev.aquifer.node.csi;

import java.time.Duration;

/** How long a publish may wait for a fill: an early error is paid in minutes of kubelet's back-off, a late one too. */
final class Hold {
    static final Duration LONGEST = Duration.ofSeconds(90);
    /** What is left of the caller's deadline for the answer. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private Hold() {}

    /** The time left less the reserve, at most {@link #LONGEST} and at least nothing. */
    static Duration within(Duration left) {
        if (left.compareTo(LONGEST.plus(RESERVE)) >= 0) {
            return LONGEST;
        }
        Duration hold = left.minus(RESERVE);
        return hold.isNegative() ? Duration.ZERO : hold;
    }
}
