package dev.aquifer.webhook.binder.caching;

import dev.aquifer.webhook.report.CacheState;
import dev.aquifer.webhook.report.ReportFeed;
import dev.aquifer.webhook.report.ReportsUnavailable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was last heard of datasets on nodes. Looks at it every few seconds, which is how often a status may follow it, and
 * lets what has only other words pass for a while: each refusal of a full disk has other numbers.
 */
final class CacheNews implements AutoCloseable {
    static final Duration LOOK = Duration.ofSeconds(10);

    private static final Duration SAME_WORDS = Duration.ofMinutes(10);
    /** So long a status stays as an earlier leader wrote it. */
    private static final Duration EARLY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(CacheNews.class);

    private final @Nullable ReportFeed feed;
    private final LongSupplier nanoTime;
    private final Consumer<String> changed;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("cache-news").unstarted(this::run);
    private final long begun;
    private volatile boolean known;
    private String failure = "";

    /** What was heard, and since when it is in these words. */
    private record Heard(CacheState state, long since) {}

    /**
     * News of all datasets.
     *
     * @param feed null where there are no nodes that report
     * @param changed gets the ids of datasets of which there is news
     */
    CacheNews(@Nullable ReportFeed feed, LongSupplier nanoTime, Consumer<String> changed) {
        this.feed = feed;
        this.nanoTime = nanoTime;
        this.changed = changed;
        this.begun = nanoTime.getAsLong();
    }

    void start() {
        if (feed != null) {
            thread.start();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Whether nothing was heard yet, and that is no wonder. */
    boolean isEarly() {
        return feed != null && !known && nanoTime.getAsLong() - begun < EARLY.toNanos();
    }

    /** How a dataset is; null while nothing was heard of any. */
    @Nullable CacheState of(String dataset) {
        Heard found = heard.get(dataset);
        return found != null ? found.state : known ? CacheState.NONE : null;
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        if (feed == null) {
            return;
        }
        try {
            take(feed.look());
            failure = "";
        } catch (ReportsUnavailable | RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(failure)) {
                LOG.warn("reports of nodes not read cause=\"{}\"", message);
            }
            failure = message;
        }
    }

    private void take(Map<String, CacheState> states) {
        Set<String> news = new HashSet<>();
        states.forEach((dataset, state) -> {
            if (isNews(heard.get(dataset), state)) {
                heard.put(dataset, new Heard(state, nanoTime.getAsLong()));
                news.add(dataset);
            }
        });
        Set<String> gone = new HashSet<>(heard.keySet());
        gone.removeAll(states.keySet());
        heard.keySet().removeAll(gone);
        news.addAll(gone);
        known = true;
        news.forEach(changed);
    }

    private boolean isNews(@Nullable Heard before, CacheState state) {
        return before == null
                || !before.state.isLike(state)
                || (!before.state.equals(state) && nanoTime.getAsLong() - before.since >= SAME_WORDS.toNanos());
    }
}
