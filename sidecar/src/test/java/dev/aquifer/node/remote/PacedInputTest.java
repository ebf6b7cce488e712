package dev.aquifer.node.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PacedInputTest {
    private long now;
    private final PacedInput input = new PacedInput(new ByteArrayInputStream(new byte[1 << 20]), () -> now);

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

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
