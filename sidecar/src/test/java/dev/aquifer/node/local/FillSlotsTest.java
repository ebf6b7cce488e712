package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FillSlotsTest {
    private long now;
    private final AtomicLong done = new AtomicLong();
    private final FillSlots slots = new FillSlots(4, () -> now);

    @Nested
    class WhoBegins {
        @Test
        void whatAPodWaitsForComesFirst() {
            FillSlot early = waiting("a", false);
            FillSlot late = waiting("b", true);
            assertThat(slots.begins(early)).isFalse();
            assertThat(slots.begins(late)).isTrue();
            assertThat(slots.begins(early)).isTrue();
        }

        @Test
        void whoCameFirstComesFirst() {
            FillSlot early = waiting("a", true);
            FillSlot late = waiting("b", true);
            assertThat(slots.begins(late)).isFalse();
            assertThat(slots.begins(early)).isTrue();
        }

        @Test
        void anOwnerHasHalfAtMost() {
            running("a", true);
            running("a", true);
            assertThat(slots.begins(waiting("a", true))).isFalse();
            assertThat(slots.begins(waiting("b", false))).isTrue();
        }

        @Test
        void noMoreThanThereAreSlots() {
            running("a", true);
            running("b", true);
            running("c", true);
            FillSlot last = running("d", true);
            FillSlot next = waiting("e", true);
            assertThat(slots.begins(next)).isFalse();
            slots.leave(last);
            assertThat(slots.begins(next)).isTrue();
        }

        @Test
        void theOneSlotThereIsCanBeHad() {
            FillSlots one = new FillSlots(1, () -> now);
            FillSlot only = new FillSlot("a", () -> false, done::get);
            one.enter(only);
            assertThat(one.begins(only)).isTrue();
        }
    }

    @Nested
    class WhoMakesRoom {
        @Test
        void oneThatNobodyWaitsForOnceAPodWaits() {
            FillSlot first = running("a", false);
            FillSlot second = running("b", false);
            running("c", true);
            running("d", true);
            assertThat(slots.mustYield(first)).isFalse();
            waiting("e", false);
            assertThat(slots.mustYield(first)).isFalse();
            waiting("f", true);
            assertThat(slots.mustYield(first)).isTrue();
            assertThat(slots.mustYield(second)).isFalse();
            assertThat(slots.mustYield(first)).isTrue();
        }

        @Test
        void oneWhoseOriginHardlySendsAnything() {
            FillSlot slow = running("a", true);
            running("a", true);
            running("b", true);
            running("b", true);
            waiting("c", true);
            assertThat(slots.mustYield(slow)).isFalse();
            pass(31, 40L << 20);
            assertThat(slots.mustYield(slow)).isFalse();
            pass(31, 0);
            assertThat(slots.mustYield(slow)).isTrue();
        }

        @Test
        void noneWhoseEndWouldHelpNobody() {
            FillSlot other = running("b", false);
            running("a", true);
            running("a", true);
            waiting("a", true);
            assertThat(slots.mustYield(other)).isFalse();
        }

        @Test
        void noneThatAPodBeginsToWaitForInTime() {
            AtomicBoolean awaited = new AtomicBoolean();
            FillSlot prefetched = new FillSlot("a", awaited::get, done::get);
            slots.enter(prefetched);
            assertThat(slots.begins(prefetched)).isTrue();
            running("b", true);
            running("c", true);
            running("d", true);
            awaited.set(true);
            waiting("e", true);
            assertThat(slots.mustYield(prefetched)).isFalse();
        }
    }

    private void pass(int seconds, long bytes) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        done.addAndGet(bytes);
    }

    private FillSlot waiting(String owner, boolean awaited) {
        FillSlot slot = new FillSlot(owner, () -> awaited, done::get);
        slots.enter(slot);
        return slot;
    }

    private FillSlot running(String owner, boolean awaited) {
        FillSlot slot = waiting(owner, awaited);
        assertThat(slots.begins(slot)).isTrue();
        return slot;
    }
}
