package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import java.util.Arrays;

/** Hashes that wait, the last one first: 32 bytes for each and no object, and no more of them than the heap bears. */
final class HashStack {
    private static final int FIRST = 64;
    /** Of the heap, which may have several of these. */
    private static final int PART = 16;

    private final int most;
    private byte[] bytes = new byte[FIRST * Hash.LENGTH];
    private int size;

    HashStack(int most) {
        this.most = most;
    }

    /** As large as this process can afford. */
    static HashStack ofHeap() {
        return new HashStack((int) Math.min(1 << 24, Runtime.getRuntime().maxMemory() / PART / Hash.LENGTH));
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** @throws InvalidListing if there is no room for one more */
    void push(Hash hash) {
        if (size == most) {
            throw new InvalidListing(
                    "Expected at most %d directories beside those on one path, found more".formatted(most));
        }
        if (size * Hash.LENGTH == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, (long) most * Hash.LENGTH));
        }
        System.arraycopy(hash.bytes(), 0, bytes, size * Hash.LENGTH, Hash.LENGTH);
        size++;
    }

    Hash pop() {
        size--;
        return Hash.of(Arrays.copyOfRange(bytes, size * Hash.LENGTH, (size + 1) * Hash.LENGTH));
    }
}
