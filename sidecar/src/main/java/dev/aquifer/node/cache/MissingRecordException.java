package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Hash;
import java.io.IOException;

/** A listing record is not in the cache, or has rotted there; it can be fetched by its hash. */
public final class MissingRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingRecordException(Hash hash) {
        super("the listing record %s is missing".formatted(hash));
    }
}
