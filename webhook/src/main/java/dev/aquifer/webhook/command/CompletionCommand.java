package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cli.ManifestVersion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code aquifer completion}: what a shell reads to complete the others. */
@Command(
        header = "What a shell reads to complete commands and options.",
        description = {
            "Prints what a shell reads to complete commands and options:",
            "  bash  source <(aquifer completion bash)",
            "  zsh   source <(aquifer completion zsh)",
            "  fish  aquifer completion fish | source",
            "For kubectl aquifer, the shell needs kubectl's own completion, which asks kubectl_complete-aquifer."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Exit.YES_TEXT, Exit.USAGE_TEXT})
final class CompletionCommand implements Callable<Integer> {
    private static final String NAME = "aquifer";

    /** Who is known to ask. */
    enum Shell {
        BASH,
        ZSH,
        FISH,
        /** Asks anew for each word, and completes nothing by itself. */
        KUBECTL;

        /** Those that people name. */
        private static final List<String> WRITTEN = List.of("bash", "zsh", "fish");

        static Shell parse(String name) {
            for (Shell shell : values()) {
                if (shell.name().equalsIgnoreCase(name)) {
                    return shell;
                }
            }
            throw new TypeConversionException(
                    "expected one of %s, found '%s'".formatted(String.join(", ", WRITTEN), name));
        }
    }

    /** What a shell can complete the name of a shell to. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Shell.WRITTEN.iterator();
        }
    }

    /** Reads the name of a shell. */
    static final class ShellConverter implements ITypeConverter<Shell> {
        @Override
        public Shell convert(String name) {
            return Shell.parse(name);
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "SHELL",
            completionCandidates = Shells.class,
            converter = ShellConverter.class,
            description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    @Parameters(index = "1..*", hidden = true, description = "What is written so far, for kubectl.")
    private List<String> words = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine whole = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        // zsh reads what is made for bash by its own bashcompinit, which the text calls
        out.print(
                switch (shell) {
                    case BASH, ZSH -> AutoComplete.bash(NAME, whole);
                    case FISH -> FishCompletion.of(NAME, whole.getCommandSpec());
                    case KUBECTL -> KubectlCompletion.of(words, whole.getCommandSpec());
                });
        out.flush();
        return Exit.YES;
    }
}
