package dev.aquifer.e2e.guide;

import dev.aquifer.node.cli.AquiferNode;
import dev.aquifer.webhook.cli.ServerCommandLine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The pages of the guide about the options of the programs, made of the commands themselves. */
final class OptionReference {
    private static final String ANY = "any";

    private OptionReference() {}

    /** Of admission, the binder and their Jobs, whose options have variables. */
    static String ofAquifer() {
        return """
                # Options of the program aquifer

                What the containers of admission, the binder and their Jobs run. The chart sets what it must; the rest by its values
                `admission.env` and `binder.env`: every option can be given as the environment variable beside it. An option on the
                command line wins. Durations look like `500ms`, `2s`, `1h30m` or `365d`. `aquifer COMMAND --help` prints the same. The
                [command line for people](command-line.md) has the name, and is another program.
                """ + sections(ServerCommandLine.of(Map.of()), "| option | variable | |\n|---|---|---|\n");
    }

    /** Of node agents and origins, whose options have none. */
    static String ofAquiferNode() {
        return """
                # Options of the program aquifer-node

                What node agents (`mount`, `fetch`) and origins run, and `status` for people who look at a node. The chart and the binder
                set what they must; there are no environment variables. `aquifer-node COMMAND --help` prints the same.
                """ + sections(AquiferNode.commandLine(), "| option | |\n|---|---|\n");
    }

    private static String sections(CommandLine program, String head) {
        return program.getSubcommands().values().stream()
                .map(command -> "\n## %s\n\n%s\n\n%s%s%s"
                        .formatted(
                                command.getCommandSpec().qualifiedName(),
                                String.join(
                                        " ",
                                        command.getCommandSpec().usageMessage().description()),
                                head,
                                rows(command),
                                exitCodes(command)))
                .collect(Collectors.joining());
    }

    /** Of a command that says what they mean: those of others end with the program. */
    private static String exitCodes(CommandLine command) {
        Map<String, String> codes = command.getCommandSpec().usageMessage().exitCodeList();
        return codes.isEmpty()
                ? ""
                : codes.entrySet().stream()
                        .map(code -> "%s: %s".formatted(code.getKey(), code.getValue()))
                        .collect(Collectors.joining("; ", "\nExit codes: ", ".\n"));
    }

    private static String rows(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(OptionReference::row)
                .collect(Collectors.joining());
    }

    private static String row(OptionSpec option) {
        String name =
                option.arity().max() == 0 ? option.longestName() : option.longestName() + "=" + option.paramLabel();
        String variable = option.command().root().name().equals("aquifer") ? " `%s` |".formatted(variable(option)) : "";
        return "| `%s` |%s %s |\n"
                .formatted(
                        name, variable, String.join(" ", option.description()).replace("|", "\\|"));
    }

    /** The variable that takes the option's place, which the program itself is asked to confirm. */
    private static String variable(OptionSpec option) {
        String name =
                "AQUIFER_" + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        try {
            String value = ServerCommandLine.of(Map.of(name, ANY))
                    .getDefaultValueProvider()
                    .defaultValue(option);
            if (!List.of(ANY).contains(value)) {
                throw new IllegalStateException("%s does not stand for %s".formatted(name, option.longestName()));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return name;
    }
}
