package dev.aquifer.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.http.Body.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BodyTest {
    private static final int LIMIT = 16 << 20;
    private static final int SMALL = 64 << 10;

    private final BytesInFlight inFlight = new BytesInFlight(1L << 30, 0, SMALL);

    @ParameterizedTest
    @CsvSource({"3000, 3000", "3000, -1", "700000, 700000", "700000, -1", "16777216, 16777216", "16777216, -1"})
    void keepsEveryByteInOrder(int length, int declared) {
        byte[] sent = new byte[length];
        Random random = new Random(length);
        random.nextBytes(sent);
        Body body = new Body(inFlight, LIMIT, declared);
        int at = 0;
        while (at < length) {
            int to = Math.min(length, at + 1 + random.nextInt(16 << 10));
            assertThat(body.add(Buffer.buffer(Arrays.copyOfRange(sent, at, to))))
                    .isEqualTo(Outcome.ADDED);
            at = to;
        }
        assertThat(Arrays.copyOf(body.bytes(), body.length())).isEqualTo(sent);
        assertThat(inFlight.reserved()).isBetween((long) length, Math.max(4 << 10, 2L * length));
        body.release();
        assertThat(inFlight.reserved()).isZero();
    }

    @Test
    void takesNoMemoryForWhatIsOnlyDeclared() {
        Body body = new Body(inFlight, LIMIT, LIMIT);
        assertThat(inFlight.reserved()).isZero();
        body.add(Buffer.buffer(new byte[10]));
        assertThat(inFlight.reserved()).isLessThanOrEqualTo(4 << 10);
    }

    @Test
    void refusesTheByteThatIsTooMuch() {
        Body body = new Body(inFlight, LIMIT, -1);
        assertThat(body.add(Buffer.buffer(new byte[LIMIT]))).isEqualTo(Outcome.ADDED);
        assertThat(body.add(Buffer.buffer(new byte[1]))).isEqualTo(Outcome.TOO_LARGE);
    }

    @Test
    void takesNoMoreThanAllBodiesTogetherMayHold() {
        BytesInFlight little = new BytesInFlight(100_000, 0, SMALL);
        Body first = new Body(little, LIMIT, 90_000);
        assertThat(first.add(Buffer.buffer(new byte[90_000]))).isEqualTo(Outcome.ADDED);
        Body second = new Body(little, LIMIT, 90_000);
        assertThat(second.add(Buffer.buffer(new byte[90_000]))).isEqualTo(Outcome.NO_ROOM);
        assertThat(little.reserved()).isEqualTo(90_000);
        first.release();
        assertThat(second.add(Buffer.buffer(new byte[90_000]))).isEqualTo(Outcome.ADDED);
    }

    @Test
    void leavesRoomForASmallBodyWhereAHugeOneHasNone() {
        BytesInFlight shared = new BytesInFlight(3L * SMALL, SMALL, SMALL);
        int huge = SMALL * 3 / 2;
        assertThat(new Body(shared, LIMIT, huge).add(Buffer.buffer(new byte[huge])))
                .isEqualTo(Outcome.ADDED);
        assertThat(new Body(shared, LIMIT, huge).add(Buffer.buffer(new byte[huge])))
                .isEqualTo(Outcome.NO_ROOM);
        assertThat(new Body(shared, LIMIT, SMALL).add(Buffer.buffer(new byte[SMALL])))
                .isEqualTo(Outcome.ADDED);
    }

    @Test
    void givesItsMemoryBackOnce() {
        Body body = new Body(inFlight, LIMIT, 10);
        body.add(Buffer.buffer(new byte[10]));
        body.release();
        body.release();
        assertThat(inFlight.reserved()).isZero();
    }
}
