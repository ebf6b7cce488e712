package dev.aquifer.node.origin.serve;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The buffers of all answers that are being sent: as many as may be sent at once, made when first needed, used again. */
final class SendBuffers {
    static final int LENGTH = 128 << 10;

    private final Semaphore free;
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();

    SendBuffers(int most) {
        this.free = new Semaphore(most, true);
    }

    /** A buffer, or null if none became free in this time. */
    @Nullable ByteBuffer take(Duration wait) throws InterruptedException {
        if (!free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        synchronized (idle) {
            var buffer = idle.poll();
            return buffer == null ? ByteBuffer.allocateDirect(LENGTH) : buffer;
        }
    }

    void giveBack(ByteBuffer buffer) {
        synchronized (idle) {
            idle.push(buffer);
        }
        free.release();
    }
}
