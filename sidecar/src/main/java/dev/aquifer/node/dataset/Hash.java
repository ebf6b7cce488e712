package dev.aquifer.node.dataset;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 (FIPS 180-4) of a record or of a chunk's bytes. Immutable. */
public final class Hash implements Comparable<Hash> {
    /** Bytes in a hash. */
    public static final int LENGTH = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy of 32 bytes. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new InvalidListing("Expected a hash of %d bytes, found %d".formatted(LENGTH, bytes.length));
        }
        return new Hash(bytes.clone());
    }

    /** Reads 64 lower-case hexadecimal digits. */
    public static Hash parse(String hex) {
        if (!isWritten(hex)) {
            throw new InvalidListing("Expected a hash of %d lower-case hexadecimal digits, found '%s'"
                    .formatted(2 * LENGTH, Shown.text(hex)));
        }
        return new Hash(HEX.parseHex(hex));
    }

    /** Whether {@link #parse} can read it. */
    public static boolean isWritten(String hex) {
        return hex.length() == 2 * LENGTH && hex.chars().allMatch(Hash::isDigit);
    }

    /** The hash of these bytes. */
    public static Hash sha256(byte[] content) {
        Sha256 computing = Sha256.begin();
        computing.update(content);
        return computing.hash();
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HEX.formatHex(bytes);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static boolean isDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }
}
