package dev.aquifer.webhook.binder.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class KeyedQueueTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(80), () -> 1);

    @Test
    void worksOnceForManyAdditions() {
        List<String> worked = new CopyOnWriteArrayList<>();
        try (KeyedQueue queue = new KeyedQueue(worked::add, 2, BACKOFF)) {
            for (int i = 0; i < 100; i++) {
                queue.add("a");
            }
            await().untilAsserted(() -> assertThat(queue.size()).isZero());
        }
        assertThat(worked).containsExactly("a");
    }

    @Test
    void worksAgainForWhatIsAddedMeanwhile() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<String> worked = new CopyOnWriteArrayList<>();
        try (KeyedQueue queue = new KeyedQueue(
                key -> {
                    worked.add(key);
                    entered.countDown();
                    wait(leave);
                },
                2,
                BACKOFF)) {
            queue.add("a");
            wait(entered);
            queue.add("a");
            queue.add("a");
            leave.countDown();
            await().untilAsserted(() -> assertThat(queue.size()).isZero());
        }
        assertThat(worked).containsExactly("a", "a");
    }

    @Test
    void worksOnOneKeyAtOnePlaceOnly() {
        Map<String, AtomicInteger> now = new ConcurrentHashMap<>();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (KeyedQueue queue = new KeyedQueue(
                key -> {
                    AtomicInteger here = now.computeIfAbsent(key, k -> new AtomicInteger());
                    most.accumulateAndGet(here.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1000);
                    here.decrementAndGet();
                    done.incrementAndGet();
                },
                8,
                BACKOFF)) {
            for (int i = 0; i < 1000; i++) {
                queue.add("key-" + i % 5);
            }
            await().untilAsserted(() -> assertThat(queue.size()).isZero());
        }
        assertThat(most).hasValue(1);
        assertThat(done.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void triesAgainAfterAFailure() {
        AtomicInteger attempts = new AtomicInteger();
        try (KeyedQueue queue = new KeyedQueue(
                key -> {
                    if (attempts.incrementAndGet() < 4) {
                        throw new IllegalStateException("not yet");
                    }
                },
                1,
                BACKOFF)) {
            queue.add("a");
            await().untilAsserted(() -> assertThat(attempts).hasValue(4));
        }
    }

    @Test
    void whatIsAddedDuringAFailureDoesNotWaitForTheBackoff() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        try (KeyedQueue queue = new KeyedQueue(
                key -> {
                    if (attempts.incrementAndGet() == 1) {
                        entered.countDown();
                        wait(leave);
                        throw new IllegalStateException("not yet");
                    }
                },
                1,
                new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1), () -> 1))) {
            queue.add("a");
            wait(entered);
            queue.add("a");
            leave.countDown();
            await().untilAsserted(() -> assertThat(attempts).hasValue(2));
        }
    }

    @Test
    void aKeyHasOneTimerHoweverOftenItIsPutOff() {
        List<String> worked = new CopyOnWriteArrayList<>();
        try (KeyedQueue queue = new KeyedQueue(worked::add, 2, BACKOFF)) {
            for (int i = 0; i < 99; i++) {
                queue.addAfter("a", Duration.ofMinutes(100 - i));
            }
            queue.addAfter("a", Duration.ofMillis(100));
            await().pollDelay(Duration.ofMillis(600))
                    .untilAsserted(() -> assertThat(worked).containsExactly("a"));
        }
    }

    @Test
    void takesUpNothingMoreOnceItIsClosed() {
        List<String> worked = new CopyOnWriteArrayList<>();
        KeyedQueue queue = new KeyedQueue(worked::add, 1, BACKOFF);
        queue.close();
        queue.add("a");
        assertThat(worked).isEmpty();
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToALimit() {
        assertThat(BACKOFF.after(1)).isEqualTo(Duration.ofMillis(20));
        assertThat(BACKOFF.after(2)).isEqualTo(Duration.ofMillis(40));
        assertThat(BACKOFF.after(3)).isEqualTo(Duration.ofMillis(80));
        assertThat(BACKOFF.after(1000)).isEqualTo(Duration.ofMillis(80));
        assertThat(new Backoff(Duration.ofMillis(20), Duration.ofMillis(80), () -> 0).after(1))
                .isEqualTo(Duration.ofMillis(10));
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
