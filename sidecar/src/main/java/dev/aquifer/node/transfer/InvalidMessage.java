package dev.aquifer.node.transfer;

import java.io.IOException;

/** Bytes of a peer that are no request or answer of this protocol; the connection they came on is of no more use. */
public final class InvalidMessage extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidMessage(String message) {
        super(message);
    }

    public InvalidMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
