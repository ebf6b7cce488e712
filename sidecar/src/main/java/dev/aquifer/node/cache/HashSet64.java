package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Hash;
import java.nio.ByteBuffer;

/**
 * Hashes by their first 64 bits, at 16 bytes or less for each: of millions of records a set of objects would not fit the heap of
 * an agent. Two of ten million different ones are taken for the same with a chance of less than 1 in 300,000.
 */
final class HashSet64 {
    private static final int FIRST = 1 << 10;

    /** 0 is an empty place. */
    private long[] table = new long[FIRST];

    private int size;

    /** Whether it was not there before. */
    boolean add(Hash hash) {
        long prefix = prefix(hash);
        int place = place(prefix, table);
        if (table[place] != 0) {
            return false;
        }
        table[place] = prefix;
        size++;
        if (size * 2L > table.length) {
            grow();
        }
        return true;
    }

    boolean contains(Hash hash) {
        return table[place(prefix(hash), table)] != 0;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long prefix : table) {
            if (prefix != 0) {
                larger[place(prefix, larger)] = prefix;
            }
        }
        table = larger;
    }

    /** Where it is, or where it would be. */
    private static int place(long prefix, long[] in) {
        int place = (int) prefix & (in.length - 1);
        while (in[place] != 0 && in[place] != prefix) {
            place = (place + 1) & (in.length - 1);
        }
        return place;
    }

    private static long prefix(Hash hash) {
        long prefix = ByteBuffer.wrap(hash.bytes()).getLong();
        return prefix == 0 ? 1 : prefix;
    }
}
