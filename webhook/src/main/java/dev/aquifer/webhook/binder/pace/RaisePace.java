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
    private final Map<PairIdentity, Pace> raised = new ConcurrentHashMap<>();

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
        Pace last = raised.get(pair);
        return last == null ? Duration.ZERO : last.left();
    }

    public void raised(PairIdentity pair) {
        raised.values().removeIf(Pace::isQuiet);
        raised.compute(pair, (key, last) -> {
            Pace pace = last == null ? new Pace(backoff, QUIET, nanoTime) : last;
            pace.done();
            return pace;
        });
    }
}
