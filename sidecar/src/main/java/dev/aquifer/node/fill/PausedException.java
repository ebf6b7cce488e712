package dev.aquifer.node.fill;

import java.io.IOException;

/** Nobody wants the fill any more, or the agent stops: what was verified stays. */
public final class PausedException extends IOException {
    private static final long serialVersionUID = 1L;

    public PausedException() {
        super("the fill is paused");
    }
}
