package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.VolumeStatus;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The installer, with the jars of this build and its JDK. */
class InstallerIT {
    private static final Path INSTALLER = Path.of("src", "main", "launcher", "install");

    @RegisterExtension
    static final ControlPlane api = new ControlPlane().withDefinition();

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
        line.addAll(List.of("dev.aquifer.webhook.command.UserCommandLine", "--version"));

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
                "-n",
                "nobodys",
                "--kubeconfig",
                api.kubeconfig().toString()));

        assertThat(own.out()).contains("No shared volumes found.");
        assertThat(own).isEqualTo(new Run(0, own.out(), ""));
        assertThat(kubectl("aquifer", "status", "-n", "nobodys")).isEqualTo(own);
        assertThat(kubectl("aquifer", "status", "--help").out()).contains("Usage: kubectl aquifer status");
    }

    @Test
    void completesCommandsBehindKubectl() throws IOException, InterruptedException {
        assertThat(kubectl("__complete", "aquifer", "explain", "--kube").out()).isEqualTo("--kubeconfig\n:4\n");
    }

    /** As people run it: on a terminal, and with what it writes going elsewhere. */
    @Nested
    class OnATerminal {
        private static final String OWNER = "shown-owner";
        private static final String COLOUR = "\u001b[";
        private static final String ANEW = "\r\u001b[K";
        private static final String VOLUME = """
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: %s, namespace: shown-owner}
            spec:
              source: {persistentVolumeClaim: {claimName: data}}
              mountPath: /%1$s
              %s
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              access: [{namespaces: {names: [shown-owner]}, roles: [reader]}]
            """;

        @BeforeAll
        static void share() {
            api.namespace(OWNER, Map.of());
            api.client().resource(VOLUME.formatted("near", "")).create();
            api.client().resource(VOLUME.formatted("far", "readPath: Cached")).create();
        }

        @AfterAll
        static void unshare() {
            api.client().namespaces().withName(OWNER).delete();
        }

        @BeforeEach
        void half() {
            VolumeStatus.ready(api, OWNER, "near", "");
            VolumeStatus.ready(api, OWNER, "far", "\"nodes\": {\"complete\": 1, \"filling\": 1, \"failed\": 0},");
        }

        @Test
        void isColouredThereAloneAndUnlessSomebodyRefusesIt() throws IOException, InterruptedException {
            String status = "status -n " + OWNER;

            assertThat(terminal("", status).out()).contains(COLOUR + "32mTrue", COLOUR + "1mVOLUME");
            assertThat(terminal("NO_COLOR=", status).out())
                    .as("an empty variable says nothing, see no-color.org")
                    .contains(COLOUR + "32mTrue");
            for (String refusal : List.of("NO_COLOR=1", "TERM=dumb")) {
                assertThat(terminal(refusal, status).out())
                        .as(refusal)
                        .contains("shown-owner/far", "1 of 2")
                        .doesNotContain(COLOUR);
            }
            assertThat(piped(status).out())
                    .contains("shown-owner/far", "1 of 2")
                    .doesNotContain(COLOUR);
            assertThat(terminal("", status + " -o json").out())
                    .contains("\"complete\" : 1")
                    .doesNotContain(COLOUR);
        }

        @ParameterizedTest
        @ValueSource(strings = {"wait shown-owner/far --filled", "prefetch shown-owner/far"})
        void showsProgressInOneLineThatChanges(String command) throws IOException, InterruptedException {
            Run late = terminal("", command + " --timeout 2s");

            assertThat(late.exitCode()).isEqualTo(Exit.NO);
            assertThat(late.out())
                    .contains(
                            ANEW + "[#####.....]  50 %  shown-owner/far: complete on 1 of 2 nodes, filling on 1" + ANEW)
                    .endsWith(ANEW + "not in time: shown-owner/far: complete on 1 of 2 nodes, filling on 1\r\n");

            VolumeStatus.ready(api, OWNER, "far", "\"nodes\": {\"complete\": 2, \"filling\": 0, \"failed\": 0},");
            Run there = terminal("", command);
            assertThat(there.exitCode()).isZero();
            assertThat(there.out()).endsWith(ANEW + "shown-owner/far is ready, and all nodes have it\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"wait shown-owner/far --filled", "prefetch shown-owner/far"})
        void showsALineForEachChangeElsewhere(String command) throws Exception {
            Path progress = prefix.resolve("progress");
            Process waiting = new ProcessBuilder(line(command))
                    .redirectError(progress.toFile())
                    .start();
            eventually(progress, "[#####.....]  50 %  shown-owner/far: complete on 1 of 2 nodes, filling on 1\n");

            VolumeStatus.ready(api, OWNER, "far", "\"nodes\": {\"complete\": 1, \"filling\": 0, \"failed\": 1},");
            eventually(progress, "filling on 0, failed on 1 (see condition Cached)\n");
            VolumeStatus.ready(api, OWNER, "far", "\"nodes\": {\"complete\": 2, \"filling\": 0, \"failed\": 0},");

            assertThat(waiting.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(waiting.exitValue()).isZero();
            assertThat(new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("shown-owner/far is ready, and all nodes have it\n");
            assertThat(Files.readString(progress)).doesNotContain("\r", COLOUR);
            assertThat(Files.readAllLines(progress).stream().filter(line -> line.startsWith("[")))
                    .as("the same is not said twice")
                    .hasSize(2);
        }

        @Test
        void givesProgramsTheAnswerAlone() throws IOException, InterruptedException {
            for (String command : List.of("wait shown-owner/far --filled", "prefetch shown-owner/far")) {
                Run json = piped(command + " --timeout 0s -o json");
                assertThat(json.err()).isEmpty();
                assertThat(json.out())
                        .contains("\"reached\" : false", "\"part\" : 0.5", "\"message\" : \"shown-owner/far");
                assertThat(piped(command + " --timeout 0s -o yaml").out()).contains("reached: false\n", "part: 0.5\n");
                assertThat(piped(command + " --timeout 0s -o wide"))
                        .isEqualTo(piped(command + " --timeout 0s"))
                        .satisfies(wide -> assertThat(wide.out()).startsWith("not in time: "));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "status -n shown-owner, 0",
            "status -n shown-owner -o wide, 0",
            "status -n shown-owner -o yaml, 0",
            "status --kubeconfig /nowhere/kubeconfig, 1",
            "status -o table-cloth, 2",
            "wait shown-owner/near, 0",
            "wait shown-owner/nowhere, 1",
            "wait, 2",
            "wait shown-owner/far --filled --timeout 0s, 3",
            "prefetch shown-owner/far --no-wait, 0",
            "prefetch shown-owner/near, 1",
            "prefetch shown-owner/far --timeout soon, 2",
            "prefetch shown-owner/far --timeout 0s, 3"
        })
        void endsWithTheCodeThatIsWrittenDown(String command, int code) throws IOException, InterruptedException {
            Run run = piped(command);

            assertThat(run.exitCode()).as(run.toString()).isEqualTo(code);
            assertThat(run.err().startsWith("aquifer: "))
                    .as("why there is no answer: %s", run)
                    .isEqualTo(code == Exit.FAILED || code == Exit.USAGE);
        }

        @Test
        void saysByItsCodeThatAVolumeIsNotReady() throws IOException, InterruptedException {
            VolumeStatus.notReady(api, OWNER, "near", "no such claim");

            Run run = piped("status -n " + OWNER);

            assertThat(run.exitCode()).isEqualTo(Exit.NO);
            assertThat(run.out()).containsPattern("shown-owner/near .* False +no such claim");
        }

        private static void eventually(Path file, String text) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(file).content().contains(text));
        }

        private Run piped(String command) throws IOException, InterruptedException {
            return run(line(command));
        }

        /** With what is written to standard error on the same terminal. */
        private Run terminal(String variable, String command) throws IOException, InterruptedException {
            List<String> line = new ArrayList<>(List.of("env", "-u", "NO_COLOR", "TERM=xterm"));
            line.addAll(variable.isEmpty() ? List.of() : List.of(variable));
            line.addAll(List.of("script", "-qec", String.join(" ", line(command)), "/dev/null"));
            return run(line);
        }

        private List<String> line(String command) {
            List<String> line = new ArrayList<>(List.of(
                    "env",
                    "KUBECONFIG=" + api.kubeconfig(),
                    prefix.resolve("bin/aquifer").toString()));
            line.addAll(List.of(command.split(" ", -1)));
            return line;
        }
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
        Process process = new ProcessBuilder(line)
                .redirectInput(new File("/dev/null"))
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }
}
