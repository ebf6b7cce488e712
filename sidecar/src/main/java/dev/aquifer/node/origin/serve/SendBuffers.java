package dev.aquifer.node.origin.serve;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of all answers that are being sent: as many as may be sent at once, made when first needed, used again. A few are
 * long, for each time that one is filled costs two changes of threads.
 */
final class SendBuffers {
    /** Of most of them. */
    static final int SHORT = 128 << 10;
    /** Of those that are used first. */
    static final int LONG = 512 << 10;

    private final Semaphore free;
    private final ArrayDeque<ByteBuffer> idleShort = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> idleLong = new ArrayDeque<>();
    private int longOnes;

    /** @param longOnes how many of them are long */
    SendBuffers(int most, int longOnes) {
        this.free = new Semaphore(most, true);
        this.longOnes = longOnes;
    }

    /** A buffer, or null if none became free in this time. */
    @Nullable ByteBuffer take(Duration wait) throws InterruptedException {
        if (!free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        synchronized (this) {
            if (!idleLong.isEmpty()) {
                return idleLong.pop();
            }
            if (longOnes > 0) {
                longOnes--;
                return ByteBuffer.allocateDirect(LONG);
            }
            return idleShort.isEmpty() ? ByteBuffer.allocateDirect(SHORT) : idleShort.pop();
        }
    }

    void giveBack(ByteBuffer buffer) {
        synchronized (this) {
            (buffer.capacity() == LONG ? idleLong : idleShort).push(buffer);
        }
        free.release();
    }
}
