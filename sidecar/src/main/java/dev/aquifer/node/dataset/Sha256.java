package dev.aquifer.node.dataset;

import java.nio.ByteBuffer;

/**
 * A computation of SHA-256 (FIPS 180-4) over bytes as they come, in one thread: a JVM has its own, and a native image takes
 * OpenSSL's.
 */
public abstract sealed class Sha256 permits CompiledSha256, JdkSha256 {
    /** As {@code org.graalvm.nativeimage.ImageInfo} has it, which the JVM's class path has not. */
    private static final boolean IN_IMAGE = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    /** So much of a buffer outside the heap is brought into it at a time: bytes. */
    private static final int PART = 16 << 10;

    /** A new computation. */
    public static Sha256 begin() {
        return IN_IMAGE ? new CompiledSha256() : new JdkSha256();
    }

    /** Goes on with these bytes. */
    public abstract void update(byte[] bytes, int offset, int length);

    /** Goes on with these bytes. */
    public final void update(byte[] bytes) {
        update(bytes, 0, bytes.length);
    }

    /** Goes on with what is left in the buffer, which stays as it is. */
    public final void update(ByteBuffer bytes) {
        if (bytes.hasArray()) {
            update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            return;
        }
        ByteBuffer left = bytes.duplicate();
        byte[] part = new byte[Math.min(PART, left.remaining())];
        while (left.hasRemaining()) {
            int length = Math.min(part.length, left.remaining());
            left.get(part, 0, length);
            update(part, 0, length);
        }
    }

    /** The hash of all bytes; nothing can follow. */
    public abstract Hash hash();
}
