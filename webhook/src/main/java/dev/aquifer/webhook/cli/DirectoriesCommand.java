package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.paths.Directories;
import dev.aquifer.webhook.paths.DirectoryReport;
import dev.aquifer.webhook.paths.RequiredPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code aquifer make-directories}: what the binder's Job runs in the owner's namespace. */
@Command(
        name = "make-directories",
        description = {
            "Makes the directories that the paths of roles need, where they are missing.",
            "What is there already is not touched: neither its content nor its owner nor its mode."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false)
final class DirectoriesCommand implements Callable<Integer> {
    @Option(
            names = "--root",
            paramLabel = "DIRECTORY",
            required = true,
            description = "Where the source is mounted. Required.")
    private Path root = Path.of("/");

    @Option(
            names = "--subdirectory",
            paramLabel = "PATH",
            description =
                    "The volume's root in the source, which is never made: without it nothing is (default: the source's own).")
    private @Nullable String subdirectory;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the report is written as JSON (default: standard output only).")
    private @Nullable Path report;

    @Option(names = "--readable", paramLabel = "PATH", description = "A directory to make, mode 0755; may be repeated.")
    private List<String> readable = new ArrayList<>();

    @Option(
            names = "--writable",
            paramLabel = "PATH",
            description = "A directory to make, mode 2775, so that its group may write; may be repeated.")
    private List<String> writable = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<RequiredPath> required = required();
        if (!Files.isDirectory(root)) {
            throw wrong("--root expects a directory that is there, found '%s'".formatted(root));
        }
        DirectoryReport made = new Directories(root, subdirectory).make(required);
        made.failures()
                .forEach(failure -> spec.commandLine().getErr().println(failure.path() + ": " + failure.reason()));
        spec.commandLine()
                .getOut()
                .printf(
                        "%d directories made, %d failed%n",
                        made.made(), made.failures().size());
        if (report != null) {
            write(report, made);
        }
        return made.failures().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<RequiredPath> required() {
        List<RequiredPath> required = new ArrayList<>();
        try {
            readable.forEach(path -> required.add(new RequiredPath(path, false)));
            writable.forEach(path -> required.add(new RequiredPath(path, true)));
            if (subdirectory != null) {
                var _ = new RequiredPath(subdirectory, false);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        required.sort(Comparator.comparing(RequiredPath::path));
        return required;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void write(Path file, DirectoryReport report) {
        try {
            Files.write(file, report.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
