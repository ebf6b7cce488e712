package dev.aquifer.node.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of one entry of a directory: 1 to 255 bytes of any encoding, without '/' and NUL, neither "." nor "..", so that
 * it can never lead out of its directory. Ordered by unsigned bytes. Immutable.
 */
public final class Name implements Comparable<Name> {
    /** NAME_MAX of linux/limits.h. */
    public static final int LONGEST = 255;

    private final byte[] bytes;

    private Name(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a copy of these bytes.
     *
     * @throws InvalidListing when they are no name
     */
    public static Name of(byte[] bytes) {
        requireName(bytes);
        return new Name(bytes.clone());
    }

    /** A name given as text, in UTF-8: for settings and tests, never for what a source holds. */
    public static Name of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public int compareTo(Name other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people: printable ASCII, all else escaped. */
    @Override
    public String toString() {
        return Shown.bytes(bytes);
    }

    byte[] shared() {
        return bytes;
    }

    private static void requireName(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > LONGEST) {
            throw new InvalidListing("Expected a name of 1 to %d bytes, found %d".formatted(LONGEST, bytes.length));
        }
        for (byte b : bytes) {
            if (b == '/' || b == 0) {
                throw new InvalidListing(
                        "Expected a name without '/' and NUL, found '%s'".formatted(Shown.bytes(bytes)));
            }
        }
        if (bytes[0] == '.' && (bytes.length == 1 || (bytes.length == 2 && bytes[1] == '.'))) {
            throw new InvalidListing(
                    "Expected a name other than '.' and '..', found '%s'".formatted(Shown.bytes(bytes)));
        }
    }
}
