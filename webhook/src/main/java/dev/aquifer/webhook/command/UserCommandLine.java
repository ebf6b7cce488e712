package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cli.DurationConverter;
import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.rest.ApiException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code aquifer} for people, also {@code kubectl aquifer}: it does nothing itself, its subcommands do. */
@Command(
        name = "aquifer",
        description = "Asks what Aquifer does in a cluster, and why. Nothing changes but by prefetch and release.",
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Exit.YES_TEXT, Exit.FAILED_TEXT, Exit.USAGE_TEXT, "3:the answer is no"},
        footer = {
            "",
            "The cluster is the one of KUBECONFIG, else of ~/.kube/config. NO_COLOR switches colours off.",
            "Under the name kubectl-aquifer on the PATH, kubectl finds it as 'kubectl aquifer'."
        })
public final class UserCommandLine implements Runnable {
    private static final Map<String, Class<?>> COMMANDS = commands();

    private static final String LATER = "; options go after the command, as in 'aquifer status --context NAME'";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    private UserCommandLine() {}

    /** The name by which it was called, and whether it writes to a terminal, are told by the launcher. */
    public static void main(String[] arguments) {
        System.exit(of(System.getProperty("aquifer.name", "aquifer"), arguments).execute(arguments));
    }

    /**
     * The whole command line, ready to execute.
     *
     * @param name how people call it: {@code aquifer} or {@code kubectl aquifer}
     */
    public static CommandLine of(String name) {
        return of(name, COMMANDS);
    }

    /**
     * As much of the command line as these arguments need, ready to execute them: to read the options of all commands takes
     * longer than most commands do.
     */
    static CommandLine of(String name, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        Class<?> named = COMMANDS.get(first);
        return of(name, named == null || named == CompletionCommand.class ? COMMANDS : Map.of(first, named));
    }

    private static CommandLine of(String name, Map<String, Class<?>> commands) {
        CommandLine line = new CommandLine(new UserCommandLine());
        commands.forEach(line::addSubcommand);
        return line.setCommandName(name)
                .registerConverter(Duration.class, new DurationConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> misunderstood(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("explain", ExplainCommand.class);
        commands.put("inject", InjectCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("doctor", DoctorCommand.class);
        commands.put("wait", WaitCommand.class);
        commands.put("prefetch", PrefetchCommand.class);
        commands.put("release", ReleaseCommand.class);
        commands.put("completion", CompletionCommand.class);
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }

    private static int misunderstood(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("aquifer: " + wrong.getMessage() + (isAnOptionBeforeTheCommand(wrong) ? LATER : ""));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return Exit.USAGE;
    }

    private static boolean isAnOptionBeforeTheCommand(ParameterException wrong) {
        return wrong instanceof UnmatchedArgumentException unmatched
                && wrong.getCommandLine().getParent() == null
                && unmatched.getUnmatched().getFirst().startsWith("-");
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        String sentence = switch (failure) {
            case IllegalArgumentException unreadable -> String.valueOf(unreadable.getMessage());
            case ApiException refused ->
                ApiFailures.sentence(refused, command.getCommandSpec().findOption("--with") != null);
            default -> throw failure;
        };
        command.getErr().println("aquifer: " + sentence);
        return failure instanceof UnknownContextException ? Exit.USAGE : Exit.FAILED;
    }
}
