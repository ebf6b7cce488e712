package dev.aquifer.node.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PacedInputTest {
    private long now;
    private final PacedInput input =
            new PacedInput(new ByteArrayInputStream(new byte[1 << 20]), () -> now, () -> {}, Duration.ofHours(1));

    @Test
    void endsAnAnswerThatDripsIn() throws IOException {
        pass(59);
        assertThat(input.read()).isZero();
        pass(59);
        assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void letsASlowAnswerThatGoesOnComeToItsEnd() throws IOException {
        for (int i = 0; i < 10; i++) {
            pass(20);
            assertThat(input.readNBytes(100_000)).hasSize(100_000);
        }
    }

    @Test
    void beginsAnewWithEachAnswer() throws IOException {
        pass(1_000);
        input.begin();
        pass(30);
        assertThat(input.read()).isZero();
    }

    @Test
    @Timeout(30)
    void endsAReadThatGivesNothing() throws IOException {
        try (ServerSocket listening = new ServerSocket(0);
                Socket socket = new Socket("localhost", listening.getLocalPort());
                Socket _ = listening.accept()) {
            socket.setSoTimeout(10_000);
            PacedInput silent = new PacedInput(socket.getInputStream(), () -> now, socket, Duration.ofSeconds(1));
            assertThatThrownBy(silent::read).hasMessage("it sends nothing for 1 s");
        }
    }

    @Test
    @Timeout(30)
    void leavesAConnectionThatRestsAsItIs() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        PacedInput resting = new PacedInput(
                new ByteArrayInputStream(new byte[1]), () -> now, closed::countDown, Duration.ofSeconds(2));
        assertThat(resting.read()).isZero();
        resting.rest();
        assertThat(closed.await(3, TimeUnit.SECONDS)).isFalse();
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
