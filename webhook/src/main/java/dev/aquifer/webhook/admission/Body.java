package dev.aquifer.webhook.admission;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * The bytes of one request as they arrive. Memory is reserved before it is taken, grows with what has really arrived,
 * and is given back once.
 */
final class Body {
    /** The API server's own limit for an object is 3 MiB; in JSON within JSON its escapes can make it five times that. */
    static final int LIMIT = 16 << 20;

    /** From here on a pod may have so many mounts that deciding would hold up an event loop for milliseconds. */
    static final int HUGE = 64 << 10;

    /** An ordinary review, whole. */
    private static final int FIRST = 4 << 10;

    private static final byte[] NOTHING = {};

    private final BytesInFlight inFlight;
    private final long declared;
    private byte[] bytes = NOTHING;
    private int length;

    /** What came of adding bytes. */
    enum Outcome {
        ADDED,
        TOO_LARGE,
        NO_ROOM
    }

    /** @param declared the Content-Length, or -1 */
    Body(BytesInFlight inFlight, long declared) {
        this.inFlight = inFlight;
        this.declared = declared;
    }

    Outcome add(Buffer chunk) {
        long needed = (long) length + chunk.length();
        if (needed > LIMIT) {
            return Outcome.TOO_LARGE;
        }
        if (needed > bytes.length && !grow((int) needed)) {
            return Outcome.NO_ROOM;
        }
        chunk.getBytes(bytes, length);
        length = (int) needed;
        return Outcome.ADDED;
    }

    /** Whether a part of it is there. May be asked on any thread, and be a moment late there. */
    boolean holdsMemory() {
        return length > 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void release() {
        inFlight.release(bytes.length);
        bytes = NOTHING;
        length = 0;
    }

    private boolean grow(int needed) {
        int capacity = capacityFor(needed);
        if (!inFlight.reserve(capacity - bytes.length, capacity <= HUGE)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    /** Trusts a declared length only as far as bytes have come. */
    private int capacityFor(int needed) {
        long most = declared >= needed ? Math.min(declared, LIMIT) : LIMIT;
        long first = declared >= 0 ? FIRST : needed;
        long wanted = bytes.length == 0 ? first : 2L * bytes.length;
        return (int) Math.max(needed, Math.min(wanted, most));
    }
}
