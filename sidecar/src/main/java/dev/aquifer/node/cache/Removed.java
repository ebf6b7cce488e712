package dev.aquifer.node.cache;

import dev.aquifer.node.linux.LinuxException;
import org.jspecify.annotations.Nullable;

/**
 * What a removal freed, also where something stands in its way.
 *
 * @param failure what failed first, once all else was removed; null if nothing did
 */
public record Removed(Usage freed, @Nullable LinuxException failure) {
    public static final Removed NOTHING = new Removed(Usage.NONE, null);

    /** Both. */
    public Removed plus(Removed other) {
        return new Removed(freed.plus(other.freed), failure == null ? other.failure : failure);
    }

    /** What it freed, if nothing stood in its way. */
    public Usage orThrow() throws LinuxException {
        if (failure != null) {
            throw failure;
        }
        return freed;
    }
}
