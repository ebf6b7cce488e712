package dev.aquifer.webhook.binder;

import java.time.Duration;

/** The time from winning the lease to losing it. Nothing is written but while {@link #mayWrite} holds. */
final class Tenure {
    private final TimedLock lock;
    private final Duration renewDeadline;
    private volatile boolean over;

    Tenure(TimedLock lock, Duration renewDeadline) {
        this.lock = lock;
        this.renewDeadline = renewDeadline;
    }

    boolean mayWrite() {
        return !over && lock.nanosSinceWritten() < renewDeadline.toNanos();
    }

    void end() {
        over = true;
    }
}
