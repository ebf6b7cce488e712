package dev.aquifer.webhook.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * The bytes of one request as they arrive. Memory is reserved before it is taken, grows with what has really arrived,
 * and is given back once.
 */
public final class Body {
    /** An ordinary one, whole. */
    private static final int FIRST = 4 << 10;

    private static final byte[] NOTHING = {};

    private final BytesInFlight inFlight;
    private final int limit;
    private final long declared;
    private byte[] bytes = NOTHING;
    private int length;

    /** What came of adding bytes. */
    enum Outcome {
        ADDED,
        TOO_LARGE,
        NO_ROOM
    }

    /**
     * Of which nothing has arrived.
     *
     * @param limit how long it may be
     * @param declared the Content-Length, or -1
     */
    public Body(BytesInFlight inFlight, int limit, long declared) {
        this.inFlight = inFlight;
        this.limit = limit;
        this.declared = declared;
    }

    Outcome add(Buffer chunk) {
        long needed = (long) length + chunk.length();
        if (needed > limit) {
            return Outcome.TOO_LARGE;
        }
        if (needed > bytes.length && !grow((int) needed)) {
            return Outcome.NO_ROOM;
        }
        chunk.getBytes(bytes, length);
        length = (int) needed;
        return Outcome.ADDED;
    }

    /** Whether a part of it is there, in this memory. May be asked on any thread, and be a moment late there. */
    boolean holds(BytesInFlight memory) {
        return inFlight == memory && length > 0;
    }

    BytesInFlight inFlight() {
        return inFlight;
    }

    int limit() {
        return limit;
    }

    /** What has arrived, and more. */
    public byte[] bytes() {
        return bytes;
    }

    /** How much has arrived. */
    public int length() {
        return length;
    }

    void release() {
        inFlight.release(bytes.length);
        bytes = NOTHING;
        length = 0;
    }

    private boolean grow(int needed) {
        int capacity = capacityFor(needed);
        if (!inFlight.reserve(capacity - bytes.length, capacity)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    /** Trusts a declared length only as far as bytes have come. */
    private int capacityFor(int needed) {
        long most = declared >= needed ? Math.min(declared, limit) : limit;
        long first = declared >= 0 ? FIRST : needed;
        long wanted = bytes.length == 0 ? first : 2L * bytes.length;
        return (int) Math.max(needed, Math.min(wanted, most));
    }
}
