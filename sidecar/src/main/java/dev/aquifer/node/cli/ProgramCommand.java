package dev.aquifer.node.cli;

/** A command that runs until a signal ends it: its options make a program. */
non-sealed interface ProgramCommand extends NodeCommand {
    /**
     * Checks all values, and starts nothing.
     *
     * @throws IllegalArgumentException for a value that cannot work; the message begins with its option
     */
    Program program(Values values);
}
