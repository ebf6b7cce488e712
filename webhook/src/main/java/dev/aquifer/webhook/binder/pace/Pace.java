package dev.aquifer.webhook.binder.pace;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How soon something may be done once more: at once after a quiet time, later each time in a row. */
public final class Pace {
    private final Backoff backoff;
    private final Duration quiet;
    private final LongSupplier nanoTime;
    private int times;
    private long at;
    private Duration pause = Duration.ZERO;

    /** @param quiet longer than the longest pause */
    public Pace(Backoff backoff, Duration quiet, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.quiet = quiet;
        this.nanoTime = nanoTime;
    }

    /** How long it is to wait; zero when it need not. */
    public synchronized Duration left() {
        Duration left = pause.minus(since());
        return times == 0 || left.isNegative() ? Duration.ZERO : left;
    }

    /** It is done now. */
    public synchronized void done() {
        times = isQuiet() ? 1 : times + 1;
        at = nanoTime.getAsLong();
        pause = backoff.after(times);
    }

    synchronized boolean isQuiet() {
        return times == 0 || since().compareTo(quiet) > 0;
    }

    private Duration since() {
        return Duration.ofNanos(nanoTime.getAsLong() - at);
    }
}
