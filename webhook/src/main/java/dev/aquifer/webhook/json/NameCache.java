package dev.aquifer.webhook.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that were read lately, so that what every object has is not made anew each time. Of the names that
 * fall into one slot it keeps the last two, so no number of names fills the memory. Safe for any number of threads: names
 * may get lost, and are made again.
 */
public final class NameCache {
    private static final int SLOTS = 1024;
    private static final int LONGEST = 64;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final @Nullable Name[] slots = new Name[SLOTS];

    /** A name in both its forms; its fields are final, so that any thread sees all of it. */
    private static final class Name {
        private final byte[] bytes;
        private final String text;

        Name(byte[] bytes, int from, int to) {
            this.bytes = Arrays.copyOfRange(bytes, from, to);
            this.text = text(bytes, from, to);
        }

        boolean is(byte[] others, int from, int to) {
            return Arrays.equals(others, from, to, bytes, 0, bytes.length);
        }
    }

    /** These bytes, which are ASCII, as a string. */
    String get(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return text(bytes, from, to);
        }
        int slot = slot(bytes, from, to);
        Name name = slots[slot];
        if (name != null && name.is(bytes, from, to)) {
            return name.text;
        }
        Name neighbour = slots[slot ^ 1];
        if (neighbour != null && neighbour.is(bytes, from, to)) {
            return neighbour.text;
        }
        Name made = new Name(bytes, from, to);
        slots[slot ^ 1] = name;
        slots[slot] = made;
        return made.text;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = 31 * hash + Long.hashCode(StringBytes.eight(bytes, at) * SPREAD);
        }
        for (; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        return (hash ^ (hash >>> 10)) & (SLOTS - 1);
    }
}
