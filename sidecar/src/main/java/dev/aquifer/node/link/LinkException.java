package dev.aquifer.node.link;

import java.io.IOException;

/** The other process said something that is no part of the protocol, or said nothing. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;

    LinkException(String message) {
        super(message);
    }

    LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
