package dev.aquifer.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Aquifer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An installation of which no program runs. */
class DoctorIT {
    private static final String TENANT = "unanswered";

    @RegisterExtension
    static final Release release = new Release();

    @Test
    void findsThatNobodyAnswersTheApiServer() {
        release.api().namespace(TENANT, Map.of("aquifer.dev/inject", "enabled"));

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

    private static String findings() {
        StringWriter out = new StringWriter();
        int exitCode = Aquifer.commandLine("aquifer")
                .setOut(new PrintWriter(out, true))
                .execute(
                        "doctor",
                        "-n",
                        TENANT,
                        "--kubeconfig",
                        release.api().kubeconfig().toString());
        assertThat(exitCode).isEqualTo(3);
        return out.toString();
    }
}
