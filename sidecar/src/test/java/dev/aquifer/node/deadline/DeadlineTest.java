package dev.aquifer.node.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void endsAReadThatIsLate() throws IOException {
        Pipe.SourceChannel silent = Pipe.open().source();
        try (Deadline deadline = Deadline.in(SHORT, silent)) {
            assertThatThrownBy(() -> silent.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
            assertThat(deadline.isPassed()).isTrue();
        }
    }

    @Test
    void leavesOpenWhatWasDoneInTime() throws IOException {
        Pipe.SourceChannel done = Pipe.open().source();
        Deadline kept = Deadline.in(SHORT, done);
        kept.close();
        outlast(SHORT.multipliedBy(2));

        assertThat(kept.isPassed()).isFalse();
        assertThat(done.isOpen()).isTrue();
    }

    @Test
    void staysPassedWhenItIsClosedLater() throws IOException {
        Deadline missed = Deadline.in(Duration.ZERO, Pipe.open().source());
        outlast(SHORT);
        missed.close();

        assertThat(missed.isPassed()).isTrue();
    }

    private static void outlast(Duration time) throws IOException {
        Pipe.SourceChannel silent = Pipe.open().source();
        try (Deadline _ = Deadline.in(time, silent)) {
            assertThatThrownBy(() -> silent.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        }
    }
}
