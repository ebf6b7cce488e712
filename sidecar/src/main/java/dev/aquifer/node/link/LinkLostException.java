package dev.aquifer.node.link;

import java.io.IOException;

/** The other process is not there, or went away in the middle: it may be starting. */
public final class LinkLostException extends IOException {
    private static final long serialVersionUID = 1L;

    LinkLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
