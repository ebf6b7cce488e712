package dev.aquifer.node.remote;

import java.io.IOException;

/** Carries a failure of this side out of the middle of an answer. */
final class OwnException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    OwnException(IOException failure) {
        super(failure);
        this.failure = failure;
    }

    IOException failure() {
        return failure;
    }
}
