package dev.aquifer.node.fetch;

import dev.aquifer.node.link.RefusalCode;
import java.io.IOException;

/** A snapshot cannot be filled until somebody does something. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final RefusalCode code;

    RefusedException(RefusalCode code, String message) {
        super(message);
        this.code = code;
    }

    RefusalCode code() {
        return code;
    }
}
