package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PulseTest {
    private static final PulseRate RATE = new PulseRate(Duration.ofDays(1), Duration.ofDays(3));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong now = new AtomicLong(-7);
    private final List<Throwable> errors = new ArrayList<>();
    private final QuietSocket socket = new QuietSocket();
    private final Pulse pulse = new Pulse(
            new WebSocket.Listener() {
                @Override
                public void onError(WebSocket broken, Throwable error) {
                    errors.add(error);
                }
            },
            RATE,
            timer,
            now::get);

    @BeforeEach
    void open() {
        pulse.onOpen(socket);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void asksForASignOfLifeAtEachBeat() {
        beatAfter(Duration.ofDays(1));
        beatAfter(Duration.ofDays(1));

        assertThat(socket.pings()).isEqualTo(2);
        assertThat(errors).isEmpty();
    }

    @Test
    void breaksASilentConnectionOffOnceAndSaysSo() {
        beatAfter(Duration.ofDays(4));
        pulse.onError(socket, new IOException("the same, from the client"));
        beatAfter(Duration.ofDays(4));

        assertThat(socket.isInputClosed()).isTrue();
        assertThat(errors).singleElement().satisfies(error -> assertThat(error).hasMessageContaining("sign of life"));
    }

    @Test
    void takesAnyFrameForASignOfLife() {
        List<Runnable> frames = List.of(
                () -> pulse.onText(socket, "{}", true),
                () -> pulse.onBinary(socket, ByteBuffer.allocate(1), true),
                () -> pulse.onPing(socket, ByteBuffer.allocate(0)),
                () -> pulse.onPong(socket, ByteBuffer.allocate(0)));

        for (Runnable frame : frames) {
            now.addAndGet(Duration.ofDays(2).toNanos());
            frame.run();
            beatAfter(Duration.ofDays(2));
        }

        assertThat(errors).isEmpty();
        assertThat(socket.pings()).isEqualTo(frames.size());
    }

    @Test
    void asksForTheNextFrameAfterAPong() {
        long before = socket.requested();

        pulse.onPong(socket, ByteBuffer.allocate(0));

        assertThat(socket.requested()).isEqualTo(before + 1);
    }

    @Test
    void asksNothingOfASocketThatIsBeingClosedButDoesNotWaitForItForever() {
        var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        beatAfter(Duration.ofDays(1));
        assertThat(socket.pings()).isZero();
        beatAfter(Duration.ofDays(4));

        assertThat(errors).hasSize(1);
    }

    @Test
    void saysNothingOfASocketThatWasClosed() {
        pulse.onClose(socket, WebSocket.NORMAL_CLOSURE, "");
        socket.abort();
        beatAfter(Duration.ofDays(4));

        assertThat(errors).isEmpty();
    }

    @Test
    void needsASilenceThatIsLongerThanTheTimeBetweenQuestions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PulseRate(Duration.ofSeconds(2), Duration.ofSeconds(2)))
                .withMessageContaining("longer silence");
    }

    private void beatAfter(Duration time) {
        now.addAndGet(time.toNanos());
        pulse.beat(socket);
    }
}
