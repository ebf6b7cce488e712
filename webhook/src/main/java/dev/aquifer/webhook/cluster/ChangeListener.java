package dev.aquifer.webhook.cluster;

import org.jspecify.annotations.Nullable;

/** Is told of each change of what is kept of an object, after it was made. */
@FunctionalInterface
public interface ChangeListener<T> {

    /**
     * Tells of one object.
     *
     * @param before null if it was not known
     * @param after null if it has gone
     */
    void changed(String key, @Nullable T before, @Nullable T after);
}
