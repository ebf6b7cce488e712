package dev.aquifer.webhook.binder.election;

import java.time.Duration;

/** The time from winning the lease to losing it. Nothing is written but while {@link #mayWrite} holds. */
public final class Tenure {
    private final TimedLock lock;
    private final Duration renewDeadline;
    private volatile boolean over;

    Tenure(TimedLock lock, Duration renewDeadline) {
        this.lock = lock;
        this.renewDeadline = renewDeadline;
    }

    public boolean mayWrite() {
        return !over && lock.nanosSinceWritten() < renewDeadline.toNanos();
    }

    void end() {
        over = true;
    }
}
