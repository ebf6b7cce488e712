package dev.aquifer.webhook.binder.pace;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work by key: each key at one place at a time, once for many additions, again after a failure. What is added while its
 * key is worked on is done afterwards.
 */
public final class KeyedQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedQueue.class);
    /** So long additions gather: the events of one change come as a handful. */
    private static final Duration GATHER = Duration.ofMillis(10);

    private final Consumer<String> work;
    private final Backoff backoff;
    private final Semaphore workers;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("queue").factory());
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, ScheduledFuture<?>> timers = new HashMap<>();

    private enum State {
        /** To be worked on. */
        WAITING,
        /** Being worked on. */
        WORKING,
        /** Being worked on, and to be worked on again. */
        AGAIN
    }

    /**
     * Works from now on.
     *
     * @param workers how many keys are worked on at once
     */
    public KeyedQueue(Consumer<String> work, int workers, Backoff backoff) {
        this.work = work;
        this.workers = new Semaphore(workers);
        this.backoff = backoff;
    }

    public void add(String key) {
        synchronized (states) {
            switch (states.get(key)) {
                case null -> {
                    states.put(key, State.WAITING);
                    var _ = later(() -> start(key), GATHER);
                }
                case WORKING -> states.put(key, State.AGAIN);
                case WAITING, AGAIN -> {
                    // it will be done
                }
            }
        }
    }

    /** Adds the key then, or when it was to be added before: a key has one timer, or each look would leave one more. */
    public void addAfter(String key, Duration delay) {
        synchronized (states) {
            ScheduledFuture<?> before = timers.get(key);
            if (before != null && before.getDelay(TimeUnit.MILLISECONDS) <= delay.toMillis()) {
                return;
            }
            if (before != null) {
                before.cancel(false);
            }
            ScheduledFuture<?> begun = later(() -> due(key), delay);
            if (begun != null) {
                timers.put(key, begun);
            }
        }
    }

    private void due(String key) {
        synchronized (states) {
            timers.remove(key);
            add(key);
        }
    }

    /** How many keys wait or are being worked on. */
    int size() {
        synchronized (states) {
            return states.size();
        }
    }

    /** Takes up nothing more, and waits for what is being worked on. */
    @Override
    public void close() {
        timer.shutdownNow();
        executor.close();
    }

    private void start(String key) {
        executor.execute(() -> {
            workers.acquireUninterruptibly();
            try {
                if (!timer.isShutdown()) {
                    run(key);
                }
            } finally {
                workers.release();
            }
        });
    }

    private void run(String key) {
        synchronized (states) {
            states.put(key, State.WORKING);
        }
        RuntimeException failure = attempt(key);
        synchronized (states) {
            boolean again = states.remove(key) == State.AGAIN;
            if (failure == null) {
                failures.remove(key);
                if (again) {
                    add(key);
                }
                return;
            }
            int count = failures.merge(key, 1, Integer::sum);
            if (again) {
                // what came meanwhile may be what is needed, and does not wait for the failure's sake
                add(key);
            }
            Duration delay = backoff.after(count);
            LOG.debug("failed key={} failures={} delay={} cause=\"{}\"", key, count, delay, failure.getMessage());
            addAfter(key, delay);
        }
    }

    private @Nullable RuntimeException attempt(String key) {
        try {
            work.accept(key);
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (Error e) {
            LOG.error("work ended key={}", key, e);
            return new IllegalStateException("work ended with " + e, e);
        }
    }

    private @Nullable ScheduledFuture<?> later(Runnable task, Duration delay) {
        try {
            return timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.trace("closed, so nothing more is taken up");
            return null;
        }
    }
}
