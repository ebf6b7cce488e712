package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.Hash;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * What a node must show to fetch a dataset: 32 random bytes. An origin holds only its hash. Secret: never logged, and
 * {@link #toString} leaves it out.
 */
public final class DatasetKey {
    private static final int LENGTH = 32;

    private final byte[] bytes;

    private DatasetKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads base64url text, with or without padding.
     *
     * @throws IllegalArgumentException when it is no key; the message does not repeat it
     */
    public static DatasetKey parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Expected a dataset's key as base64url text, found another text", e);
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "Expected a dataset's key of %d bytes, found %d".formatted(LENGTH, bytes.length));
        }
        return new DatasetKey(bytes);
    }

    /** As it is sent: base64url without padding. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What an origin knows of the key. */
    public Hash sha256() {
        return Hash.sha256(bytes);
    }

    /** Whether this is the key with that hash; takes the same time whatever it is. */
    public boolean matches(Hash expected) {
        return MessageDigest.isEqual(sha256().bytes(), expected.bytes());
    }

    @Override
    public String toString() {
        return "DatasetKey";
    }
}
