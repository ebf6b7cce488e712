package dev.aquifer.webhook.binding;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import org.jspecify.annotations.Nullable;

/** What pods may do with the source through a pair. A pod reaches a volume through one pair, in one mode. */
public enum PairMode {
    READ_ONLY("ro", "ReadOnlyMany"),
    READ_WRITE("rw", "ReadWriteMany");

    private final String text;
    private final String accessMode;

    PairMode(String text, String accessMode) {
        this.text = text;
        this.accessMode = accessMode;
    }

    /** {@code ro} or {@code rw}: in names, labels and revision keys. */
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

    /** The mode of the pair through which pods of the role reach the source; null when they never do. */
    public static @Nullable PairMode neededBy(Role role) {
        PairMode needed = null;
        for (PathRule path : role.paths()) {
            if (path.access() == Access.ReadWrite) {
                return READ_WRITE;
            }
            if (path.access() == Access.ReadOnly) {
                needed = READ_ONLY;
            }
        }
        return needed;
    }
}
