package dev.aquifer.node.remote;

import java.io.IOException;

/** The origin breaks the rules or refuses; the message says what it did. To ask again later may help. */
public class OriginException extends IOException {
    private static final long serialVersionUID = 1L;

    public OriginException(String message) {
        super(message);
    }

    OriginException(String message, Throwable cause) {
        super(message, cause);
    }
}
