package dev.aquifer.node.remote;

import java.io.IOException;

/** The origin cannot be reached, or the connection to it broke: to try again is all there is to do. */
public final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1L;

    public ConnectionLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
