package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.DatasetId;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs tasks that come again and again. Why one fails is said once, until it succeeds or fails for another reason. */
final class Attempts {
    private final Listener listener;
    private final Map<Attempt, String> reasons = new ConcurrentHashMap<>();

    Attempts(Listener listener) {
        this.listener = listener;
    }

    /** Runs a task. Never throws but an {@link Error}. */
    void run(String task, Work work) {
        run(new Attempt(task, null), work);
    }

    /** The same for one dataset. */
    void run(String task, DatasetId dataset, Work work) {
        run(new Attempt(task, dataset), work);
    }

    /** The dataset is gone: should it come back, what fails is said again. */
    void forget(DatasetId dataset) {
        reasons.keySet().removeIf(attempt -> dataset.equals(attempt.dataset()));
    }

    private void run(Attempt attempt, Work work) {
        try {
            work.run();
            reasons.remove(attempt);
        } catch (IOException | RuntimeException failure) {
            if (!failure.toString().equals(reasons.put(attempt, failure.toString()))) {
                listener.failed(attempt.task(), attempt.dataset(), failure);
            }
        }
    }

    private record Attempt(String task, @Nullable DatasetId dataset) {}

    /** One of the things to do. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Learns what failed, for which dataset if it was for one, and why. */
    @FunctionalInterface
    interface Listener {
        void failed(String task, @Nullable DatasetId dataset, Exception reason);
    }
}
