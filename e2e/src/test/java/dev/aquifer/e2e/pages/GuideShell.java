package dev.aquifer.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * A terminal in a folder that looks like the top of a checkout, with programs that reach one cluster. What a script exports
 * is there in the next.
 */
public final class GuideShell {
    private static final String USER = "user";
    private static final String KUBECONFIG = "kubeconfig";
    /** From nothing, the first start of all builds Kubernetes. */
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private final Path folder;
    private final Cluster cluster;

    /** In a folder that is empty. */
    public GuideShell(Path folder, Cluster cluster) throws IOException {
        this.folder = folder;
        this.cluster = cluster;
        Path real = Path.of("cluster").toAbsolutePath();
        String mine = "%s --name %s".formatted(real, cluster.name());
        Files.createSymbolicLink(folder.resolve("manifests"), ProjectFiles.TOP.resolve("manifests"));
        Files.createDirectory(folder.resolve("e2e"));
        Files.createDirectory(folder.resolve("bin"));
        // should the tests be killed, the next start of any cluster ends this one
        program("e2e/cluster", """
                keeper=()
                [[ $1 != up ]] || keeper=(--keeper %d)
                exec %s "$@" "${keeper[@]}"
                """.formatted(ProcessHandle.current().pid(), mine));
        program("bin/kubectl", """
                as=$(cat '%s')
                exec %s kubectl ${as:+"--as=$as"} "$@"
                """.formatted(folder.resolve(USER), mine));
        become("");
        program("bin/helm", """
                as=$(cat '%s')
                exec %s helm ${as:+"--kube-as-user=$as" --kube-as-group=system:authenticated} "$@"
                """.formatted(folder.resolve(USER), mine));
        program("bin/aquifer", """
                [[ ! -s '%s' ]] || export KUBECONFIG='%s'
                exec '%s' -cp '%s' dev.aquifer.webhook.command.UserCommandLine "$@"
                """.formatted(
                        folder.resolve(USER),
                        folder.resolve(KUBECONFIG),
                        ProcessHandle.current().info().command().orElse("java"),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/bash\nset -euo pipefail\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * From now on {@code kubectl}, {@code helm} and {@code aquifer} have the rights of this user; empty for those of the cluster's
     * administrator. The cluster is up if it is a user.
     */
    public void become(String user) throws IOException {
        save(USER, user);
        if (!user.isEmpty()) {
            String administrators = Files.readString(Path.of(cluster.kubeconfig()));
            String own = administrators.replaceFirst("(?m)^( *)user:$", "$0\n$1  as: " + user);
            assertThat(own).isNotEqualTo(administrators);
            save(KUBECONFIG, own);
        }
    }

    void save(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** Does what a page of the guide says, and looks for the output that it shows. */
    public void follow(Path page) throws IOException {
        for (GuideStep step : GuideStep.of(page)) {
            switch (step) {
                case GuideStep.Save save -> save(save.file(), save.text());
                case GuideStep.Leave _ -> {}
                case GuideStep.Run run ->
                    assertThat(run(run.script())).as(run.place()).containsPattern(run.expected());
            }
        }
    }

    /**
     * Runs a script, which ends with its first command that fails.
     *
     * @return what it printed
     * @throws IllegalStateException if it failed; the message holds what it printed
     */
    String run(String script) throws IOException {
        save("script", """
                set -euo pipefail
                [[ ! -f exported ]] || . ./exported
                %s
                declare -px >exported
                """.formatted(script));
        String path = "PATH=%s:%s".formatted(folder.resolve("bin"), System.getenv("PATH"));
        return new Command(List.of("env", "-C", folder.toString(), path, "bash", "script"), LIMIT).run();
    }
}
