package dev.aquifer.e2e.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another injector adds a container, before ours or after it: that container gets its mounts too. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class TwoInjectorsIT {
    private final Installation aquifer;
    private final SecondInjector second;

    TwoInjectorsIT(Installation aquifer) throws IOException, GeneralSecurityException {
        this.aquifer = aquifer;
        this.second = new SecondInjector(
                URI.create(aquifer.client().getConfiguration().getMasterUrl()));
    }

    // the API server calls mutating webhooks in the order of their configurations' names
    @ParameterizedTest(name = "configured as {0}")
    @ValueSource(strings = {"aaa-before", "zzz-after"})
    void everyContainerHasItsMounts(String name) {
        MutatingWebhookConfiguration configuration = configuration(name);
        aquifer.client().resource(configuration).create();
        try {
            Pod pod = await().atMost(Duration.ofSeconds(30))
                    .until(this::create, made -> made.getSpec().getContainers().size() == 2);

            assertThat(Pods.mounts(pod)).containsOnlyKeys("main", "sidecar");
            assertThat(Pods.mounts(pod).get("sidecar"))
                    .isNotEmpty()
                    .isEqualTo(Pods.mounts(pod).get("main"));
        } finally {
            aquifer.client().resource(configuration).delete();
        }
    }

    @AfterEach
    void stop() {
        second.close();
    }

    private Pod create() {
        return aquifer.client().resource(Pods.asking("two").build()).dryRun().create();
    }

    private MutatingWebhookConfiguration configuration(String name) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewWebhook()
                .withName("sidecar.example.com")
                .withSideEffects("None")
                .withAdmissionReviewVersions("v1")
                .withNewClientConfig()
                .withUrl(second.url())
                .withCaBundle(second.caBundle())
                .endClientConfig()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("kubernetes.io/metadata.name", Installation.NAMESPACE))
                .endNamespaceSelector()
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .endRule()
                .endWebhook()
                .build();
    }
}
