package dev.aquifer.webhook.binder;

/** Some objects were refused or belong to others in part: it is tried again later, and the status says so already. */
final class BlockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String word;

    BlockedException(String word) {
        super(word + ": the conditions of the SharedVolume say what to do");
        this.word = word;
    }

    String word() {
        return word;
    }
}
