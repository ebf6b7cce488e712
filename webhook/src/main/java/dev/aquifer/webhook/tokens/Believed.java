package dev.aquifer.webhook.tokens;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the API server said of each of many, which counts for some minutes, so that callers who come every minute cost it
 * little. Of too many, what was said first is forgotten. Safe for any thread.
 */
public final class Believed<T> {
    /** As long as the API server itself believes a token whose pod has gone. */
    private static final Duration TIME = Duration.ofMinutes(5);

    private static final int MOST = 8192;

    private final LongSupplier nanoTime;
    private final Map<String, Said<T>> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said<T>> eldest) {
            return size() > MOST;
        }
    };

    private record Said<T>(T what, long at) {}

    /** @param nanoTime as {@link System#nanoTime} */
    public Believed(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What was said of this one some minutes ago at the most; else null. */
    public synchronized @Nullable T of(String key) {
        Said<T> last = said.get(key);
        if (last != null && nanoTime.getAsLong() - last.at > TIME.toNanos()) {
            said.remove(key);
            return null;
        }
        return last == null ? null : last.what;
    }

    /** It was said now. */
    public synchronized void put(String key, T what) {
        said.put(key, new Said<>(what, nanoTime.getAsLong()));
    }
}
