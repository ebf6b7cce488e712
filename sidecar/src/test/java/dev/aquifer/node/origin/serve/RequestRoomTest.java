package dev.aquifer.node.origin.serve;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.origin.serve.RequestRoom.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RequestRoomTest {
    private static final Duration NOT_LONG = Duration.ofMillis(10);
    private static final PeerName ONE = new PeerName("aquifer://node/one");
    private static final PeerName TWO = new PeerName("aquifer://node/two");
    private static final PeerName THREE = new PeerName("aquifer://node/three");

    private final RequestRoom room = new RequestRoom(100 << 10);

    @Test
    void hasAnEnd() throws Exception {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            places.add(requireNonNull(enter(i < 5 ? ONE : TWO, 10 << 10)));
        }
        assertThat(enter(THREE, 1)).isNull();
        places.getFirst().close();
        assertThat(enter(THREE, 1)).isNotNull();
    }

    @Test
    void isNotAllForOneNode() throws Exception {
        Place half = requireNonNull(enter(ONE, 50 << 10));
        assertThat(enter(ONE, 1)).isNull();
        assertThat(enter(TWO, 50 << 10)).isNotNull();
        half.close();
        assertThat(enter(ONE, 50 << 10)).isNotNull();
    }

    /** Else a node that waits in vain for all of the room would keep others from its share. */
    @Test
    void isLeftAgainByWhoWaitedInVain() throws Exception {
        Place first = requireNonNull(enter(ONE, 50 << 10));
        Place second = requireNonNull(enter(TWO, 50 << 10));
        assertThat(enter(THREE, 50 << 10)).isNull();
        first.close();
        second.close();
        assertThat(enter(THREE, 50 << 10)).isNotNull();
    }

    @Test
    void takesNothingForRequestsWithoutABody() throws Exception {
        assertThat(enter(ONE, 50 << 10)).isNotNull();
        assertThat(enter(ONE, 0)).isNotNull();
    }

    @Test
    void hasRequestsWithoutABodyWaitForNobody() throws Exception {
        Place all = requireNonNull(enter(ONE, 50 << 10));
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                room.enter(ONE, 1, Duration.ofMinutes(1));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(enter(ONE, 0)).isNotNull();
        all.close();
        waiting.join();
    }

    @Test
    void isThereForTheLongestRequestOnASmallHeap() throws Exception {
        Place longest = requireNonNull(enter(ONE, 4 << 20));
        assertThat(enter(ONE, 1)).isNull();
        longest.close();
        assertThat(enter(ONE, 50 << 10)).isNotNull();
    }

    private @Nullable Place enter(PeerName node, int bytes) throws InterruptedException {
        return room.enter(node, bytes, NOT_LONG);
    }
}
