package dev.aquifer.node.cache;

/** Whether a fill may begin. */
public sealed interface Admission {
    record Admitted() implements Admission {}

    /** Something unused has to go first. */
    record MakeRoom() implements Admission {}

    /**
     * It does not fit, whatever goes.
     *
     * @param message the two numbers, and what to do
     */
    record TooLarge(String message) implements Admission {}

    /**
     * It does not fit beside what is in use.
     *
     * @param message the numbers, and what to do
     */
    record NoRoom(String message) implements Admission {}
}
