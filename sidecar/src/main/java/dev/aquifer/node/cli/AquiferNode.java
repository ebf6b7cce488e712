package dev.aquifer.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command {@code aquifer-node}: it does nothing itself, its subcommands do. Built without annotations, which would
 * take reflection.
 */
public final class AquiferNode {
    private static final Map<String, String> EXIT_CODES = new TreeMap<>(Map.of(
            String.valueOf(ExitCode.OK), "it is printed",
            String.valueOf(ExitCode.SOFTWARE), "it cannot be had, the message says why",
            String.valueOf(ExitCode.USAGE), "wrong options"));

    private AquiferNode() {}

    /**
     * The whole command line, ready to execute. Wrong values end with exit code 2 and a message that names them; what
     * fails later ends with exit code 1.
     */
    public static CommandLine commandLine() {
        return commandLine(List.of(new MountCommand(), new FetchCommand(), new OriginCommand(), new StatusCommand()));
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
        spec.usageMessage().sortOptions(false);
        switch (command) {
            case ProgramCommand _ -> {
                spec.addOption(LogLevel.option());
                spec.usageMessage().footer("", "SIGTERM stops it.");
            }
            case ShortCommand _ ->
                spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(EXIT_CODES);
        }
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
        IntSupplier work;
        try {
            work = work((NodeCommand) chosen.userObject(), new Values(chosen), chosen.commandLine());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(chosen.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        return work.getAsInt();
    }

    private static IntSupplier work(NodeCommand chosen, Values values, CommandLine line) {
        return switch (chosen) {
            case ProgramCommand command -> {
                LogLevel.of(values).apply();
                Program program = command.program(values);
                yield () -> LongRun.run(command.name(), program);
            }
            case ShortCommand command -> {
                Answer answer = command.answer(values);
                yield () -> print(answer, line);
            }
        };
    }

    private static int print(Answer answer, CommandLine line) {
        try {
            answer.print(line.getOut());
            line.getOut().flush();
            return ExitCode.OK;
        } catch (IOException none) {
            line.getErr().println("aquifer-node: " + none.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("aquifer-node: " + wrong.getMessage());
        err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
