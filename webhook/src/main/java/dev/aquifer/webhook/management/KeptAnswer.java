package dev.aquifer.webhook.management;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A readiness check that costs much, asked at most once in a while however often probes come: whoever reaches their port
 * can ask without end. That a problem is gone is noticed sooner than that there is one.
 */
public final class KeptAnswer implements Supplier<@Nullable String> {
    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<@Nullable String> check;
    private final LongSupplier nanoTime;
    private volatile @Nullable Answer last;

    private record Answer(@Nullable String problem, long askedNanos) {
        boolean isFresh(long now) {
            return now - askedNanos < (problem == null ? GOOD_NANOS : BAD_NANOS);
        }
    }

    /** @param nanoTime as {@link System#nanoTime} */
    public KeptAnswer(Supplier<@Nullable String> check, LongSupplier nanoTime) {
        this.check = check;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable String get() {
        long now = nanoTime.getAsLong();
        Answer answer = last;
        if (answer == null || !answer.isFresh(now)) {
            answer = new Answer(check.get(), now);
            last = answer;
        }
        return answer.problem();
    }
}
