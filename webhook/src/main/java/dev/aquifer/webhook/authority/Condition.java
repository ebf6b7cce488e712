package dev.aquifer.webhook.authority;

/** Whether something is as it should be, and if not, why, in a sentence for people. */
public sealed interface Condition {
    /** As it should be. */
    record Good() implements Condition {}

    /**
     * Not as it should be.
     *
     * @param message what was expected, what was found, and what to do
     */
    record Bad(Reason reason, String message) implements Condition {}

    /** Why, for programs; the same in logs and readiness answers. */
    enum Reason {
        /** Nothing has been looked at yet. */
        STARTING,
        /** The API server refused or could not be reached. */
        API_SERVER,
        /** The Secret is another's: it lacks our label. */
        SECRET_FOREIGN,
        /** The Secret is gone or cannot be read, and another replica may know what was in it. */
        SECRET_LOST,
        /** The Secret is ours and part of it cannot be read. */
        SECRET_DAMAGED,
        /** No leaf could be made or served. */
        NO_LEAF,
        /** No labelled webhook configuration leads to this Service. */
        NO_CONFIGURATION,
        /** A webhook configuration does not trust what is served. */
        NOT_TRUSTED
    }

    default boolean isGood() {
        return switch (this) {
            case Good good -> true;
            case Bad bad -> false;
        };
    }
}
