package dev.aquifer.node.fetch;

import java.io.IOException;

/** The origin cannot be reached, or the connection to it broke: to try again is all there is to do. */
final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
