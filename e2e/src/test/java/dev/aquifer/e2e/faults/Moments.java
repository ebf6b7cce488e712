package dev.aquifer.e2e.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** When a fault happens. */
final class Moments {
    private Moments() {}

    /** As soon as something is so. */
    static void until(Callable<Boolean> so) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(so);
    }

    /**
     * At a random moment of a node's fill, within so many milliseconds of its begin.
     *
     * @return whether the fill still goes on
     */
    static boolean inFill(NodeAgent node, Random random, int most) {
        until(node::isFilling);
        pass(random, most);
        return node.isFilling();
    }

    /** At a random moment within so many milliseconds. */
    static void pass(Random random, int most) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(most)).toNanos());
    }
}
