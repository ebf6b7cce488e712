package dev.aquifer.node.identity;

import java.io.IOException;

/** There is no certificate to be used, now. The message says what was expected, what was found and what to do. */
public final class IdentityException extends IOException {
    private static final long serialVersionUID = 1L;

    IdentityException(String message) {
        super(message);
    }

    IdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
