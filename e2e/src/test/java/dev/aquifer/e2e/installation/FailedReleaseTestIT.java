package dev.aquifer.e2e.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.OnlyInDrills;
import dev.aquifer.e2e.Pods;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test that comes with a release fails where pods would not be injected, and says why. */
@NeedsRoot
@OnlyInDrills
@ExtendWith(OnInstallation.class)
class FailedReleaseTestIT {
    private static final String NAMESPACE = "aquifer-system";

    private final Installation aquifer;

    FailedReleaseTestIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    /** What a failed test leaves goes with the next one that does not. */
    @AfterEach
    void installAsItWas() {
        // a field that somebody else has changed is his
        aquifer.installChart("--force-conflicts");
        Pods.awaitInjection(aquifer);
        test();
    }

    @Test
    void whereTheApiServerDoesNotKnowOfAdmission() {
        aquifer.cluster().kubectl("delete", "mutatingwebhookconfiguration", "aquifer-admission");

        assertThat(failure())
                .contains("ERROR   installation: webhook pods.aquifer.dev")
                .contains("expected a MutatingWebhookConfiguration with webhook pods.aquifer.dev, found none")
                .contains("helm upgrade to bring it back");
    }

    @Test
    void whereTheApiServerAsksSomebodyElse() {
        String nobody =
                "[{\"op\": \"replace\", \"path\": \"/webhooks/0/clientConfig/service/name\", \"value\": \"nobody\"}]";
        aquifer.cluster()
                .kubectl("patch", "mutatingwebhookconfiguration", "aquifer-admission", "--type=json", "-p", nobody);

        assertThat(failure())
                .contains("ERROR   injection: volume aquifer-test/aquifer-test in namespace aquifer-test")
                .contains("expected an answer of admission, found none in time")
                .contains("that the webhook configuration names its Service");
    }

    /** What the test's pods say, once it has failed. */
    private String failure() {
        assertThatThrownBy(this::test).hasMessageContaining("aquifer-test");
        return aquifer.cluster().kubectl("-n", NAMESPACE, "logs", "-l", "job-name=aquifer-test", "--tail=-1");
    }

    private void test() {
        aquifer.cluster().helm("test", "aquifer", "--namespace", NAMESPACE, "--timeout=4m");
    }
}
