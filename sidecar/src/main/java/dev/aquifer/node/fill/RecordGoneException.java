package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.remote.OriginException;

/** The origin does not have a listing record: it has moved on since, or never had it. */
public final class RecordGoneException extends OriginException {
    private static final long serialVersionUID = 1L;

    RecordGoneException(Hash hash) {
        super("the origin does not have the listing record %s, which its own listing names".formatted(hash));
    }
}
