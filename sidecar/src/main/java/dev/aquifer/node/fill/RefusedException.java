package dev.aquifer.node.fill;

import dev.aquifer.node.link.RefusalCode;
import java.io.IOException;

/** A snapshot cannot be filled until somebody does something. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final RefusalCode code;

    public RefusedException(RefusalCode code, String message) {
        super(message);
        this.code = code;
    }

    public RefusalCode code() {
        return code;
    }
}
