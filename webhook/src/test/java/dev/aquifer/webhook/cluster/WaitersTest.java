package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class WaitersTest {
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Waiters<String> waiters = new Waiters<>(known::get);

    @Test
    void completesAllWhoWaitForTheKeyAndNobodyElse() {
        CompletableFuture<String> first = waiters.await("a");
        CompletableFuture<String> second = waiters.await("a");
        CompletableFuture<String> other = waiters.await("b");
        waiters.complete("a", "1");
        assertThat(first).isCompletedWithValue("1");
        assertThat(second).isCompletedWithValue("1");
        assertThat(other).isNotDone();
        assertThat(waiters.size()).isOne();
    }

    @Test
    void completesAtOnceWhatIsKnownAlready() {
        known.put("a", "1");
        assertThat(waiters.await("a")).isCompletedWithValue("1");
        assertThat(waiters.size()).isZero();
    }

    @Test
    void forgetsWhoDoesNotWaitAnyLonger() {
        CompletableFuture<String> gone = waiters.await("a");
        CompletableFuture<String> patient = waiters.await("a");
        gone.cancel(false);
        assertThat(waiters.size()).isOne();
        waiters.complete("a", "1");
        assertThat(patient).isCompletedWithValue("1");
        assertThat(waiters.size()).isZero();
    }

    @Test
    void missesNoKeyThatBecomesKnownMeanwhile() throws InterruptedException, ExecutionException, TimeoutException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2000; i++) {
                String key = "k" + i;
                var learning = threads.submit(() -> {
                    known.put(key, "1");
                    waiters.complete(key, "1");
                });
                assertThat(waiters.await(key).get(10, TimeUnit.SECONDS)).isEqualTo("1");
                learning.get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(waiters.size()).isZero();
    }
}
