package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Sha256;
import java.nio.ByteBuffer;

/** SHA-256 of chunks. */
public final class Digests {
    private static final byte[] ZEROS = new byte[64 << 10];
    private static final Hash FULL_HOLE = computeZeros(Chunks.SIZE);

    private Digests() {}

    /** Of what is left in the buffer, which stays as it is. */
    public static Hash of(ByteBuffer bytes) {
        Sha256 computing = Sha256.begin();
        computing.update(bytes);
        return computing.hash();
    }

    static Hash of(byte[] bytes, int length) {
        Sha256 computing = Sha256.begin();
        computing.update(bytes, 0, length);
        return computing.hash();
    }

    /** Of so many zeros. */
    public static Hash ofZeros(int length) {
        return length == Chunks.SIZE ? FULL_HOLE : computeZeros(length);
    }

    private static Hash computeZeros(int length) {
        Sha256 computing = Sha256.begin();
        for (int left = length; left > 0; left -= ZEROS.length) {
            computing.update(ZEROS, 0, Math.min(left, ZEROS.length));
        }
        return computing.hash();
    }
}
