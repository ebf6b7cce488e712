package dev.aquifer.webhook.command.waiting;

import dev.aquifer.webhook.rest.ApiException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks again and again until something is reached or the time is up. An API server that gives no answer for a while is
 * waited for too, once it has given one.
 */
public final class Waiting {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int FAILURES_OF_SERVERS = 500;

    private final Pace pace;
    private final Consumer<Progress> shown;

    /**
     * Waits at this pace.
     *
     * @param shown gets what each look has found
     */
    public Waiting(Pace pace, Consumer<Progress> shown) {
        this.pace = pace;
        this.shown = shown;
    }

    /** What the last look has found: reached, or not in time. */
    public Progress until(Duration timeout, Supplier<Progress> look) throws InterruptedException {
        long begun = pace.nanoTime();
        Progress progress = look.get();
        shown.accept(progress);
        while (!progress.reached() && pace.nanoTime() - begun < timeout.toNanos()) {
            pace.pause(LOOK);
            progress = again(look);
            shown.accept(progress);
        }
        return progress;
    }

    private static Progress again(Supplier<Progress> look) {
        try {
            return look.get();
        } catch (ApiException e) {
            if (e.code() != ApiException.NONE && e.code() < FAILURES_OF_SERVERS) {
                throw e;
            }
            return Progress.missing("the API server gives no answer: " + e.getMessage());
        }
    }
}
