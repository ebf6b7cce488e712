package dev.aquifer.node.origin.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RequestRoomTest {
    private static final Duration NOT_LONG = Duration.ofMillis(10);

    private final RequestRoom room = new RequestRoom(100 << 10);

    @Test
    void hasAnEnd() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(room.enter(10 << 10, NOT_LONG)).isTrue();
        }
        assertThat(room.enter(1, NOT_LONG)).isFalse();
        room.leave(10 << 10);
        assertThat(room.enter(1, NOT_LONG)).isTrue();
    }

    @Test
    void takesNothingForRequestsWithoutABody() throws Exception {
        assertThat(room.enter(100 << 10, NOT_LONG)).isTrue();
        assertThat(room.enter(0, NOT_LONG)).isTrue();
    }

    @Test
    void hasRequestsWithoutABodyWaitForNobody() throws Exception {
        assertThat(room.enter(100 << 10, NOT_LONG)).isTrue();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                room.enter(1, Duration.ofMinutes(1));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(room.enter(0, NOT_LONG)).isTrue();
        room.leave(100 << 10);
        waiting.join();
    }

    @Test
    void isThereForTheLongestRequestOnASmallHeap() throws Exception {
        assertThat(room.enter(4 << 20, NOT_LONG)).isTrue();
        assertThat(room.enter(1, NOT_LONG)).isFalse();
        room.leave(4 << 20);
        assertThat(room.enter(100 << 10, NOT_LONG)).isTrue();
    }
}
