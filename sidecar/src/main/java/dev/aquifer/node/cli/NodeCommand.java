package dev.aquifer.node.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** One subcommand and the options that it takes. */
sealed interface NodeCommand permits ProgramCommand, ShortCommand {
    String name();

    String description();

    /** Declared by {@link Options}. */
    List<OptionSpec> options();
}
