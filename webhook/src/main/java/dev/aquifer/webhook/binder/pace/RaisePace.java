package dev.aquifer.webhook.binder.pace;

import dev.aquifer.webhook.binding.names.PairIdentity;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How soon a pair may get a new name once more: at once after a quiet time, later each time in a row. Whoever deletes his
 * claim over and over must not keep the binder busy, nor whoever moves his source to and fro.
 */
public final class RaisePace {
    private static final Duration QUIET = Duration.ofMinutes(15);

    private final Backoff backoff;
    private final LongSupplier nanoTime;
    private final Map<PairIdentity, Raised> raised = new ConcurrentHashMap<>();

    private record Raised(int times, long at, Duration pause) {}

    /**
     * Begins with no pair that waits.
     *
     * @param backoff its longest time is shorter than the quiet one
     */
    public RaisePace(Backoff backoff, LongSupplier nanoTime) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
    }

    /** How long the pair is to wait; zero when it need not. */
    public Duration left(PairIdentity pair) {
        Raised last = raised.get(pair);
        if (last == null) {
            return Duration.ZERO;
        }
        Duration left = last.pause.minus(since(last));
        return left.isNegative() ? Duration.ZERO : left;
    }

    public void raised(PairIdentity pair) {
        raised.values().removeIf(last -> since(last).compareTo(QUIET) > 0);
        raised.compute(pair, (key, last) -> {
            int times = last == null ? 1 : last.times + 1;
            return new Raised(times, nanoTime.getAsLong(), backoff.after(times));
        });
    }

    private Duration since(Raised last) {
        return Duration.ofNanos(nanoTime.getAsLong() - last.at);
    }
}
