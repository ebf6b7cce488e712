package dev.aquifer.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Every latency of a run, of which one thread learns; no bucket rounds them. A failure counts with the time it took. */
final class Latencies {
    private final long[] nanos;
    private final CountDownLatch missing;
    private int size;
    private int failures;

    Latencies(int count) {
        nanos = new long[count];
        missing = new CountDownLatch(count);
    }

    void add(long latency, boolean ok) {
        nanos[size++] = latency;
        failures += ok ? 0 : 1;
        missing.countDown();
    }

    void awaitAll() throws InterruptedException {
        missing.await();
    }

    /** p50, p99 and p99.9 in ms, and how many failed, with tabs between. */
    String row() {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%.3f\t%.3f\t%.3f\t%d",
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 0.999),
                failures);
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
