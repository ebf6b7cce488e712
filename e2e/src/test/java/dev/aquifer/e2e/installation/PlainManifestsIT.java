package dev.aquifer.e2e.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The file for those without Helm, on a cluster that has nothing: kubectl alone brings Aquifer up. */
@NeedsRoot
@LongRunning
class PlainManifestsIT {
    private static final Cluster CLUSTER = Cluster.named("plain");
    private static final String NAMESPACE = "aquifer-system";
    private static final Path MANIFESTS = ProjectFiles.TOP.resolve("manifests/install-cached.yaml");

    @BeforeAll
    static void install() throws IOException {
        CLUSTER.up();
        CLUSTER.load(printed("./image").strip().split("\n", -1));
        apply();
        for (String program :
                new String[] {"deployment/aquifer-admission", "deployment/aquifer-binder", "daemonset/aquifer-node"}) {
            CLUSTER.kubectl("-n", NAMESPACE, "rollout", "status", program, "--timeout=300s");
        }
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    /** What a script prints, without what it says meanwhile. */
    private static String printed(String script) throws IOException {
        Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(script).isZero();
        return printed;
    }

    private static void apply() {
        CLUSTER.kubectl("apply", "--server-side", "-f", MANIFESTS.toString());
    }

    @Test
    void injectsPodsAndFillsCachesAndRollsNothingWhenAppliedAgain() throws IOException {
        try (FirstUse use = FirstUse.of(CLUSTER)) {
            assertThat(use.read()).isEqualTo(FirstUse.MARKER);

            String generations = generations();
            String trusted = trusted();
            assertThat(trusted).isNotEmpty();
            apply();

            assertThat(trusted()).as("what admission wrote there stays").isEqualTo(trusted);
            assertThat(generations()).isEqualTo(generations);
        }
    }

    /** Of what makes pods: they grow with each change of what it says. */
    private static String generations() {
        return CLUSTER.kubectl(
                "-n",
                NAMESPACE,
                "get",
                "deployments,daemonsets",
                "-o",
                "jsonpath={range .items[*]}{.metadata.name} {.metadata.generation}{'\\n'}{end}");
    }

    private static String trusted() {
        return CLUSTER.kubectl(
                "get",
                "mutatingwebhookconfiguration",
                "aquifer-admission",
                "-o",
                "jsonpath={.webhooks[0].clientConfig.caBundle}");
    }
}
