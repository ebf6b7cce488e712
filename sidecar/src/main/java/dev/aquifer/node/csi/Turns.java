package dev.aquifer.node.csi;

import dev.aquifer.node.mount.TargetPath;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call at a time work on a target. A newer call ends an older one's waiting and takes its place: kubelet asks
 * anew only when it has given up on the call before.
 */
final class Turns {
    private final Map<TargetPath, Turn> last = new HashMap<>();

    /** Work on one target. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws CsiException, InterruptedException;
    }

    /**
     * Works once those that came earlier have ended, on the calling thread, which is interrupted if another comes later.
     *
     * @throws InterruptedException if a later one came, or the caller is gone
     */
    <T> T take(TargetPath target, Work<T> work) throws CsiException, InterruptedException {
        Turn mine = new Turn(Thread.currentThread(), new CountDownLatch(1));
        Turn before;
        synchronized (last) {
            before = last.put(target, mine);
        }
        try {
            end(before);
            return work.run();
        } finally {
            mine.done().countDown();
            synchronized (last) {
                last.remove(target, mine);
            }
        }
    }

    /** Waits even when interrupted: whoever comes later waits for us alone. */
    private static void end(@Nullable Turn before) throws InterruptedException {
        if (before == null) {
            return;
        }
        before.thread().interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                before.done().await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            throw new InterruptedException("a later call took this one's place");
        }
    }

    private record Turn(Thread thread, CountDownLatch done) {}
}
