package dev.aquifer.e2e.node;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line {@code aquifer} as its installer puts it on a machine, of the jars of this build.
 *
 * @param bin where it is
 */
record InstalledCommand(Path bin, Path kubeconfig) {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Installs it in a folder. */
    static InstalledCommand in(Path folder, Cluster cluster) throws IOException {
        Path installer = ProjectFiles.TOP.resolve("webhook/src/main/launcher/install");
        new Command(List.of(installer.toString(), "--built", folder.toString()), LIMIT).run();
        return new InstalledCommand(
                Files.createDirectories(folder.resolve("bin")).resolve("aquifer"), Path.of(cluster.kubeconfig()));
    }

    /** A run whose output, standard error included, goes to a pipe. */
    Command piped(String arguments) {
        return new Command(line(arguments), LIMIT);
    }

    /** A run on a terminal of its own. */
    Command onTerminal(String arguments) {
        return new Command(
                List.of(
                        "env",
                        "-u",
                        "NO_COLOR",
                        "TERM=xterm",
                        "script",
                        "-qec",
                        String.join(" ", line(arguments)),
                        "/dev/null"),
                LIMIT);
    }

    private List<String> line(String arguments) {
        List<String> line = new ArrayList<>(List.of("env", "KUBECONFIG=" + kubeconfig, bin.toString()));
        line.addAll(List.of(arguments.split(" ", -1)));
        return line;
    }
}
