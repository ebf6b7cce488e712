package dev.aquifer.e2e.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import dev.aquifer.e2e.Workbench;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a release: again, upgraded, rolled back, uninstalled, and installed over what that left. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class ReleaseIT {
    private static final String NAMESPACE = "aquifer-system";

    private final Installation aquifer;

    ReleaseIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @AfterEach
    void installAsItWas() {
        aquifer.installChart();
        Pods.awaitInjection(aquifer);
    }

    @Test
    void passesItsOwnTest() {
        helm("test", "aquifer", "--timeout=4m");
    }

    @Test
    void rollsOnlyWhatChangesAndGoesBack() {
        aquifer.installChart();
        Set<String> before = pods();

        aquifer.installChart();
        assertThat(pods()).as("after the same once more").isEqualTo(before);

        aquifer.installChart("--set", "binder.log.level=debug");
        assertThat(pods())
                .as("after an upgrade of the binder")
                .containsAll(without(before, "binder"))
                .doesNotContainAnyElementsOf(only(before, "binder"));

        helm("rollback", "aquifer", "--wait");
        assertThat(aquifer.cluster().kubectl("get", "deployment", "aquifer-binder", "-n", NAMESPACE, "-o", "yaml"))
                .contains("--log-level=info");
        assertThat(pods()).as("after the way back").containsAll(without(before, "binder"));
        Pods.awaitInjection(aquifer);
    }

    @Test
    void goesOnWithTheAuthorityAndTheVolumesThatAnUninstallationLeaves() {
        String authority = authority();
        Pod running = aquifer.client().resource(Pods.asking("kept").build()).create();
        aquifer.cluster()
                .kubectl("wait", "-n", Installation.NAMESPACE, "--for=condition=Ready", "pod/kept", "--timeout=120s");

        helm("uninstall", "aquifer", "--wait");

        assertThat(aquifer.cluster().kubectl("get", "sharedvolumes", "-n", Installation.NAMESPACE, "-o", "name"))
                .contains("sharedvolume.aquifer.dev/ref");
        assertThat(authority()).isEqualTo(authority);
        aquifer.cluster().kubectl("exec", "-n", Installation.NAMESPACE, "kept", "--", "ls", "/ref");

        aquifer.installChart();

        Pods.awaitInjection(aquifer);
        assertThat(authority()).isEqualTo(authority);
        aquifer.client().resource(running).delete();
    }

    @Test
    void leavesATenantsPodItsClaimAndItsFiles() throws IOException {
        try (Workbench workbench = Workbench.open(aquifer)) {
            workbench.run(Workbench.BOB, "notebook");
            List<String> claims = workbench.claims(Workbench.BOB, "ro");

            helm("uninstall", "aquifer", "--wait");
            // nobody is left who could hold it up, or take the claim
            workbench.cluster().kubectl("-n", Workbench.OWNER, "delete", "sharedvolume", "shared", "--timeout=30s");

            assertThat(workbench.exec(Workbench.BOB, "notebook", "cat /shared/marker"))
                    .isEqualTo("courseware\n0");
            assertThat(claims).singleElement().asString().endsWith(" Bound <none>");
            assertThat(workbench.claims(Workbench.BOB, "ro")).isEqualTo(claims);
            aquifer.installChart();
        }
    }

    private void helm(String... words) {
        String[] all = Stream.concat(Stream.of(words), Stream.of("--namespace", NAMESPACE))
                .toArray(String[]::new);
        aquifer.cluster().helm(all);
    }

    private String authority() {
        return aquifer.cluster()
                .kubectl("get", "secret", "aquifer-admission-ca", "-n", NAMESPACE, "-o", "jsonpath={.data.tls\\.crt}");
    }

    /** Those that are to stay, by component and name. */
    private Set<String> pods() {
        return aquifer.client().pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getLabels().get(Pods.COMPONENT) + "/"
                        + pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static Set<String> only(Set<String> pods, String component) {
        return pods.stream().filter(pod -> pod.startsWith(component + "/")).collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> pods, String component) {
        return pods.stream().filter(pod -> !pod.startsWith(component + "/")).collect(Collectors.toSet());
    }
}
