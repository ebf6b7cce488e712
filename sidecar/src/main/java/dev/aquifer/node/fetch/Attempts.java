package dev.aquifer.node.fetch;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Runs tasks that come again and again. Why one fails is said once, until it succeeds or fails for another reason. */
final class Attempts {
    private final BiConsumer<String, String> failed;
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    /** @param failed gets a task's name and why it failed */
    Attempts(BiConsumer<String, String> failed) {
        this.failed = failed;
    }

    /** Runs a task. Never throws but an {@link Error}. */
    void run(String name, Task task) {
        try {
            task.run();
            reasons.remove(name);
        } catch (IOException | RuntimeException failure) {
            String reason = String.valueOf(failure.getMessage());
            if (!reason.equals(reasons.put(name, reason))) {
                failed.accept(name, reason);
            }
        }
    }

    /** One of the things to do. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }
}
