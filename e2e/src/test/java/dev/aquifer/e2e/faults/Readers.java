package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Pods that read all files of their volume, again and again, and compare each with its checksum. */
final class Readers implements AutoCloseable {
    private final Map<String, String> expected;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    /** Begins to read. */
    Readers(Map<String, String> expected, Path... volumes) {
        this.expected = expected;
        for (Path volume : volumes) {
            threads.add(Thread.ofPlatform().name("reader").start(() -> read(volume)));
        }
    }

    /** How often all files of a volume were read so far. */
    int passes() {
        return passes.get();
    }

    private void read(Path volume) {
        try {
            while (!closed && failure.get() == null) {
                assertThat(Source.sums(volume)).isEqualTo(expected);
                passes.incrementAndGet();
            }
        } catch (IOException | RuntimeException | AssertionError wrong) {
            failure.compareAndSet(null, wrong);
        }
    }

    /** Ends the reading; fails if anything was ever read wrong, or nothing was read. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            join(thread);
        }
        assertThat(failure.get()).as("what readers found wrong").isNull();
        assertThat(passes).hasPositiveValue();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
