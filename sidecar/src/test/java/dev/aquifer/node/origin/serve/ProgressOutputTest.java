package dev.aquifer.node.origin.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressOutputTest {
    private long now;
    private int secondsPerWrite;
    private final ProgressOutput.Progress progress = new ProgressOutput.Progress(() -> now);
    /** In the middle of each write. */
    private final List<Boolean> stalled = new ArrayList<>();

    private final ProgressOutput output = new ProgressOutput(
            new OutputStream() {
                @Override
                public void write(int one) {
                    throw new AssertionError("one byte at a time");
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    pass(secondsPerWrite);
                    stalled.add(progress.isStalled());
                }
            },
            progress);

    @Test
    void aReaderThatTakesNothingForAMinuteIsStalled() throws IOException {
        secondsPerWrite = 61;
        write(1, 1 << 20);
        assertThat(stalled).containsExactly(true);
    }

    @Test
    void aReaderThatTakesALittleNowAndThenIsStalledInTheEnd() throws IOException {
        secondsPerWrite = 59;
        write(10, 64 << 10);
        assertThat(stalled).startsWith(false).endsWith(true);
    }

    @Test
    void aSlowReaderIsWaitedFor() throws IOException {
        secondsPerWrite = 20;
        write(100, 128 << 10);
        assertThat(stalled).containsOnly(false);
    }

    @Test
    void aSlowSourceIsNotTheReadersFault() throws IOException {
        for (int i = 0; i < 100; i++) {
            pass(50);
            write(1, 64 << 10);
        }
        assertThat(stalled).containsOnly(false);
        pass(1_000);
        assertThat(progress.isStalled()).isFalse();
    }

    @Test
    void eachAnswerBeginsAnew() throws IOException {
        secondsPerWrite = 30;
        for (int i = 0; i < 10; i++) {
            progress.begin();
            write(1, 100);
        }
        assertThat(stalled).containsOnly(false);
    }

    private void write(int times, int bytes) throws IOException {
        for (int i = 0; i < times; i++) {
            output.write(new byte[bytes], 0, bytes);
        }
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
