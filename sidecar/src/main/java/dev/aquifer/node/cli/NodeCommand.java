package dev.aquifer.node.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** One subcommand: the options it takes, and the program that they make. */
interface NodeCommand {
    String name();

    String description();

    /** Declared by {@link Options}. */
    List<OptionSpec> options();

    /**
     * Checks all values, and starts nothing.
     *
     * @throws IllegalArgumentException for a value that cannot work; the message begins with its option
     */
    Program program(Values values);
}
