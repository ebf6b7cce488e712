package dev.aquifer.node.fetch;

import java.io.IOException;

/** Nobody wants the fill any more, or the agent stops: what was verified stays. */
final class PausedException extends IOException {
    private static final long serialVersionUID = 1L;

    PausedException() {
        super("the fill is paused");
    }
}
