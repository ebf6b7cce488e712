package dev.aquifer.webhook.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Those who wait for a key to become known. Nobody who has stopped waiting is remembered. */
final class Waiters<T> {
    private final Map<String, List<CompletableFuture<T>>> waiting = new HashMap<>();
    private final Function<String, @Nullable T> known;

    /** @param known what is known already; it is asked again after registration, so that no key is missed */
    Waiters(Function<String, @Nullable T> known) {
        this.known = known;
    }

    CompletableFuture<T> await(String key) {
        CompletableFuture<T> waiter = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.computeIfAbsent(key, none -> new ArrayList<>()).add(waiter);
        }
        var _ = waiter.whenComplete((value, gone) -> forget(key));
        T value = known.apply(key);
        if (value != null) {
            waiter.complete(value);
        }
        return waiter;
    }

    void complete(String key, T value) {
        List<CompletableFuture<T>> waiters;
        synchronized (waiting) {
            waiters = waiting.remove(key);
        }
        if (waiters != null) {
            waiters.forEach(waiter -> waiter.complete(value));
        }
    }

    int size() {
        synchronized (waiting) {
            return waiting.values().stream().mapToInt(List::size).sum();
        }
    }

    private void forget(String key) {
        synchronized (waiting) {
            List<CompletableFuture<T>> waiters = waiting.get(key);
            if (waiters != null && waiters.removeIf(CompletableFuture::isDone) && waiters.isEmpty()) {
                waiting.remove(key);
            }
        }
    }
}
