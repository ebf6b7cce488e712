package dev.aquifer.webhook.binding.names;

import org.jspecify.annotations.Nullable;

/** What pods may do with the source through a pair. */
public enum PairMode {
    READ_ONLY("ro", "ReadOnlyMany"),
    READ_WRITE("rw", "ReadWriteMany"),
    /** Read-only too, from the cache of the node. */
    CACHED("cached", "ReadOnlyMany");

    private final String text;
    private final String accessMode;

    PairMode(String text, String accessMode) {
        this.text = text;
        this.accessMode = accessMode;
    }

    /** {@code ro}, {@code rw} or {@code cached}: in labels, revision keys and the hash of names. */
    public String text() {
        return text;
    }

    /** The one access mode of the volume and the claim. */
    public String accessMode() {
        return accessMode;
    }

    /** The mode with this text; null when none has it. */
    public static @Nullable PairMode parse(@Nullable String text) {
        for (PairMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        return null;
    }
}
