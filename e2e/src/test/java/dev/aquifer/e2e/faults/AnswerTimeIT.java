package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.NeedsRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod that waits for a fill is answered the moment that is done: an early error would cost minutes of kubelet's back-off. */
@NeedsRoot
final class AnswerTimeIT {
    /** Far less than what kubelet waits before it asks again. */
    private static final Duration MOST = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void aPublishIsAnsweredAsSoonAsAFillOfOneSecondIsDone() throws Exception {
        answered(28);
    }

    @Test
    void aPublishIsAnsweredAsSoonAsAFillOfTwentySecondsIsDone() throws Exception {
        answered(1);
    }

    private void answered(int megabytesPerSecond) throws Exception {
        try (World world = new World(folder, System.nanoTime(), "--megabytes-per-second=" + megabytesPerSecond);
                NodeAgent node = world.node()) {
            long asked = System.nanoTime();
            CompletableFuture<Long> answered = CompletableFuture.supplyAsync(() -> {
                Kubelet.Answer answer = node.kubelet().publish("pod-1");
                assertThat(answer.isOk()).as(answer.message()).isTrue();
                return System.nanoTime();
            });
            Moments.until(() -> node.log().contains("event=snapshot-complete"));
            long done = System.nanoTime();
            Duration late = Duration.ofNanos(answered.join() - done);
            System.out.printf(
                    "faults: fill of %.1f s, publish answered %d ms after it was seen to be done%n",
                    (done - asked) / 1e9, late.toMillis());
            assertThat(late).isLessThan(MOST);
        }
    }
}
