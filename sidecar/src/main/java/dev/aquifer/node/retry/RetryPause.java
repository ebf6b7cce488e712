package dev.aquifer.node.retry;

import java.time.Duration;

/** How long to wait after failures in a row: twice as long each time, up to a limit. For one thread. */
public final class RetryPause {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    /** @param longest no less than the first */
    public RetryPause(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** After one more failure. */
    public Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return now;
    }

    /** It went well: the next failure is a first one. */
    public void reset() {
        next = first;
    }
}
