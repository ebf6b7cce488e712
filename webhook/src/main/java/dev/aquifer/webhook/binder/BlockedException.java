package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.pairs.LookResult;

/** Some objects were refused or belong to others in part: it is tried again later, and the status says so already. */
final class BlockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LookResult result;

    BlockedException(LookResult result) {
        super(result.word() + ": the conditions of the SharedVolume say what to do");
        this.result = result;
    }

    LookResult result() {
        return result;
    }
}
