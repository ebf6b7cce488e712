package dev.aquifer.node.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which fills run, a few at a time. Those that pods wait for come first, and no owner has more than half. While a pod waits for
 * one that cannot begin, one makes room that nobody waits for, or whose origin hardly sends anything: no owner's origin can
 * stand in the way of another's.
 */
final class FillSlots {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SLOW = 1 << 20;

    private final int most;
    private final LongSupplier nanoTime;
    private final List<FillSlot> running = new ArrayList<>();
    private final List<FillSlot> waiting = new ArrayList<>();

    FillSlots(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** The fill waits from now on; {@link #leave} it in any case. */
    synchronized void enter(FillSlot slot) {
        waiting.add(slot);
    }

    /** Whether the fill may begin now: then it has. */
    synchronized boolean begins(FillSlot slot) {
        if (next() != slot) {
            return false;
        }
        waiting.remove(slot);
        running.add(slot);
        slot.begin(nanoTime.getAsLong());
        return true;
    }

    /** Whether the fill must make room for another; it does not change its mind. */
    synchronized boolean mustYield(FillSlot slot) {
        if (!slot.yields() && !waiting.isEmpty() && next() == null && isWaitedFor(slot) && mayYield(slot)) {
            slot.makeRoom();
        }
        return slot.yields();
    }

    synchronized void leave(FillSlot slot) {
        running.remove(slot);
        waiting.remove(slot);
    }

    private @Nullable FillSlot next() {
        if (running.size() >= most) {
            return null;
        }
        Comparator<FillSlot> order = Comparator.comparing((FillSlot slot) -> !slot.isAwaited())
                .thenComparingLong(slot -> held(slot.owner()));
        return waiting.stream()
                .filter(slot -> held(slot.owner()) < share())
                .reduce(BinaryOperator.minBy(order))
                .orElse(null);
    }

    /** More pods wait that its end would help than others make room already. */
    private boolean isWaitedFor(FillSlot slot) {
        Predicate<FillSlot> helped = other ->
                other.isAwaited() && held(other.owner()) - (other.owner().equals(slot.owner()) ? 1 : 0) < share();
        return waiting.stream().filter(helped).count()
                > running.stream().filter(FillSlot::yields).count();
    }

    private boolean mayYield(FillSlot slot) {
        return running.contains(slot) && (!slot.isAwaited() || slot.isSlow(nanoTime.getAsLong(), GRACE_NANOS, SLOW));
    }

    private long held(String owner) {
        return running.stream().filter(slot -> slot.owner().equals(owner)).count();
    }

    private int share() {
        return Math.max(1, most / 2);
    }
}
