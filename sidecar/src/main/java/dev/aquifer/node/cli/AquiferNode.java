package dev.aquifer.node.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command {@code aquifer-node}: it does nothing itself, its subcommands do. Built without annotations, which would
 * take reflection.
 */
public final class AquiferNode {
    private AquiferNode() {}

    /**
     * The whole command line, ready to execute. Wrong values end with exit code 2 and a message that names them; what
     * fails later ends with exit code 1.
     */
    public static CommandLine commandLine() {
        return commandLine(List.of(new MountCommand(), new FetchCommand(), new OriginCommand()));
    }

    static CommandLine commandLine(List<NodeCommand> commands) {
        CommandSpec top = spec(commands, "aquifer-node", "Shared data for all pods of a node, from one cache.");
        top.usageMessage().synopsisSubcommandLabel("COMMAND");
        commands.forEach(command -> top.addSubcommand(command.name(), spec(command)));
        return new CommandLine(top)
                .setExecutionStrategy(AquiferNode::run)
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong));
    }

    private static CommandSpec spec(NodeCommand command) {
        CommandSpec spec = spec(command, command.name(), command.description());
        command.options().forEach(spec::addOption);
        spec.addOption(LogLevel.option());
        spec.usageMessage().footer("", "SIGTERM stops it.").sortOptions(false);
        return spec;
    }

    private static CommandSpec spec(Object command, String name, String description) {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(command).name(name).version("aquifer-node " + Version.read());
        spec.usageMessage().description(description);
        return spec.addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }

    private static int run(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "Expected a command, found none");
        }
        CommandSpec chosen = parsed.subcommand().commandSpec();
        NodeCommand command = (NodeCommand) chosen.userObject();
        Values values = new Values(chosen);
        Program program;
        try {
            LogLevel.of(values).apply();
            program = command.program(values);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(chosen.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        return LongRun.run(command.name(), program);
    }

    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("aquifer-node: " + wrong.getMessage());
        err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
