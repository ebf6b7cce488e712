package dev.aquifer.webhook.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code aquifer} of the image, which containers run: it does nothing itself, its subcommands do. */
@Command(
        name = "aquifer",
        description = "What the containers of Aquifer run in a cluster.",
        footer = {
            "",
            "This is not the command line for people, which has the same name and explain, status, doctor and others:",
            "webhook/src/main/launcher/install builds that one."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AdmissionCommand.class, BinderCommand.class, DirectoriesCommand.class, UninstallCommand.class})
public final class ServerCommandLine implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    private ServerCommandLine() {}

    /**
     * The whole command line, ready to execute. Wrong values end with exit code 2 and a message that names them; what
     * fails later ends with exit code 1.
     *
     * @param environment takes the place of options that are not given: {@code AQUIFER_PORT} of {@code --port}
     */
    public static CommandLine of(Map<String, String> environment) {
        var defaults = new EnvironmentDefaults(environment);
        return new CommandLine(new ServerCommandLine())
                .setDefaultValueProvider(defaults)
                .registerConverter(Duration.class, new DurationConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong, defaults));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected a command, found none");
    }

    private static int refuse(ParameterException wrong, EnvironmentDefaults defaults) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("aquifer: " + wrong.getMessage());
        if (wrong.getArgSpec() instanceof OptionSpec option && defaults.gives(option)) {
            err.printf("The value may come from the environment variable %s.%n", EnvironmentDefaults.variable(option));
        }
        err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
