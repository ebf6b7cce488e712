package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.chart.Release;
import dev.aquifer.webhook.chart.Volumes;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An installation of which no program runs. */
class DoctorIT {
    private static final String TENANT = "unanswered";

    @RegisterExtension
    static final Release release = new Release();

    @BeforeAll
    static void makeNamespace() {
        release.api().namespace(TENANT, Map.of("aquifer.dev/inject", "enabled"));
    }

    @Test
    void findsThatNobodyAnswersTheApiServer() {
        Release.eventually(() -> assertThat(findings())
                .contains("ERROR   reachability: namespace unanswered\n        expected an answer of admission")
                .contains("ERROR   certificates: webhook pods.aquifer.dev\n        expected a caBundle")
                .contains("expected 2 replicas to answer, found 0"));
    }

    @Test
    void findsThatNobodyGuardsClaims() {
        release.api()
                .command()
                .run("kubectl", "delete", "validatingwebhookconfiguration", Release.NAME)
                .succeeded();

        assertThat(findings())
                .contains(
                        "ERROR   installation: webhook guard.aquifer.dev\n        expected a ValidatingWebhookConfiguration");
    }

    @Test
    void takesNoAnswerForAnError() {
        assertThat(findings("--probe", TENANT + "/nothing"))
                .contains("ERROR   injection: volume unanswered/nothing in namespace unanswered")
                .contains("expected a SharedVolume, found none");
        Volumes.create(release.api(), TENANT, "ref", "/ref");
        Release.eventually(() -> assertThat(findings("--probe", TENANT + "/ref"))
                .contains("ERROR   injection: volume unanswered/ref in namespace unanswered")
                .contains("expected an answer of admission, found none in time"));
    }

    private static String findings(String... more) {
        Stream<String> all = Stream.of(
                "doctor",
                "-n",
                TENANT,
                "--kubeconfig",
                release.api().kubeconfig().toString());
        Run run = Run.of(Stream.concat(all, Stream.of(more)).toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(Exit.NO);
        return run.out();
    }
}
