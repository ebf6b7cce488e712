package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** SHA-256 of chunks. */
public final class Digests {
    private static final byte[] ZEROS = new byte[64 << 10];
    private static final Hash FULL_HOLE = computeZeros(Chunks.SIZE);

    private Digests() {}

    /** Of what is left in the buffer, which stays as it is. */
    public static Hash of(ByteBuffer bytes) {
        MessageDigest digest = Hash.digest();
        digest.update(bytes.duplicate());
        return Hash.of(digest.digest());
    }

    static Hash of(byte[] bytes, int length) {
        MessageDigest digest = Hash.digest();
        digest.update(bytes, 0, length);
        return Hash.of(digest.digest());
    }

    /** Of so many zeros. */
    public static Hash ofZeros(int length) {
        return length == Chunks.SIZE ? FULL_HOLE : computeZeros(length);
    }

    private static Hash computeZeros(int length) {
        MessageDigest digest = Hash.digest();
        for (int left = length; left > 0; left -= ZEROS.length) {
            digest.update(ZEROS, 0, Math.min(left, ZEROS.length));
        }
        return Hash.of(digest.digest());
    }
}
