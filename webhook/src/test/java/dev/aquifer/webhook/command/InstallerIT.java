package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.testing.ControlPlane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The installer, with the jars of this build and its JDK. */
class InstallerIT {
    private static final Path INSTALLER = Path.of("src", "main", "launcher", "install");

    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    @TempDir
    private static Path prefix;

    /** The folder that kubectl is in. */
    private static String programs = "";

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        programs = run(List.of("../e2e/ground/build", "api-server")).out().strip();
        Run installed = run(List.of(INSTALLER.toString(), "--built", prefix.toString()));
        assertThat(installed.exitCode()).as(installed.err()).isZero();
        assertThat(installed.out()).isEqualTo(prefix.toRealPath().resolve("bin/aquifer") + "\n");
    }

    @Test
    void theJvmTakesTheCacheThatTheRehearsalLeft() throws IOException, InterruptedException {
        Path home = prefix.resolve("lib/aquifer");
        List<String> line = new ArrayList<>(List.of(home.resolve("java").toString()));
        line.add("-XX:AOTCache=" + home.resolve("aquifer.aot"));
        line.addAll(Files.readAllLines(home.resolve("options")));
        // on: whatever keeps it from being taken ends the JVM
        line.addAll(List.of(
                "-XX:AOTMode=on", "-cp", home.resolve("classpath/aquifer.jar").toString()));
        line.addAll(List.of("dev.aquifer.webhook.command.Aquifer", "--version"));

        assertThat(run(line)).satisfies(run -> {
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).matches("aquifer [0-9.]+\n");
        });
    }

    @Test
    void answersByItsOwnNameAndAsAPluginOfKubectl() throws IOException, InterruptedException {
        Run own = run(List.of(
                prefix.resolve("bin/aquifer").toString(),
                "status",
                "--kubeconfig",
                api.kubeconfig().toString()));

        // other tests share volumes on the same API server
        assertThat(own.out()).containsAnyOf("No shared volumes found.", "Shared volumes:");
        assertThat(own).isEqualTo(new Run(0, own.out(), ""));
        assertThat(kubectl("aquifer", "status")).isEqualTo(own);
        assertThat(kubectl("aquifer", "status", "--help").out()).contains("Usage: kubectl aquifer status");
    }

    @Test
    void completesCommandsBehindKubectl() throws IOException, InterruptedException {
        assertThat(kubectl("__complete", "aquifer", "explain", "--kube").out()).isEqualTo("--kubeconfig\n:4\n");
    }

    /** kubectl takes no options before the name of a plugin, so that it is told by variables where to look. */
    private static Run kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                "env",
                "PATH=%s:%s:%s".formatted(prefix.resolve("bin"), programs, System.getenv("PATH")),
                "KUBECONFIG=" + api.kubeconfig(),
                "kubectl"));
        line.addAll(List.of(arguments));
        return run(line);
    }

    private static Run run(List<String> line) throws IOException, InterruptedException {
        Path err = prefix.resolve("err");
        Process process = new ProcessBuilder(line).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }
}
