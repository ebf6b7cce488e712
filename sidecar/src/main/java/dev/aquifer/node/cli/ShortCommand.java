package dev.aquifer.node.cli;

/** A command that prints an answer and ends. */
non-sealed interface ShortCommand extends NodeCommand {
    /**
     * Checks all values, and asks nothing.
     *
     * @throws IllegalArgumentException for a value that cannot work; the message begins with its option
     */
    Answer answer(Values values);
}
