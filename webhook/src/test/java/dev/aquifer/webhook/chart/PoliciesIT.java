package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.api.SharedVolume;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the chart's policies let through and refuse inside the API server, while no webhook can be reached. */
class PoliciesIT {
    private static final String VOLUMES = "aquifer.dev/volumes";
    private static final String INJECTED = "aquifer.dev/injected";
    private static final String INJECT = "aquifer.dev/inject";

    @RegisterExtension
    @Order(1)
    static final ControlPlane api = new ControlPlane();

    @RegisterExtension
    @Order(2)
    static final Release release = new Release(api);

    @BeforeAll
    static void makeNamespaces() {
        api.namespace("labelled", Map.of("aquifer.dev/inject", "enabled"));
        api.namespace("unlabelled", Map.of());
    }

    @Nested
    class WhileAdmissionIsUnavailable {
        @BeforeEach
        void awaitThePolicy() {
            eventually(() -> assertThatThrownBy(() -> create("labelled", Map.of(VOLUMES, "ref")))
                    .isInstanceOf(KubernetesClientException.class));
        }

        @Test
        void refusesAPodThatAsksForVolumes() {
            assertThatThrownBy(() -> create("labelled", Map.of(VOLUMES, "ref")))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            refusal -> assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN))
                    .hasMessageContaining(
                            "Aquifer's admission did not answer, so it has none: create it again shortly");
        }

        @Test
        void letsAPodThatOptsOutPass() {
            assertPasses("labelled", Map.of(VOLUMES, "ref", INJECT, "false"));
        }

        @Test
        void letsAPodThatAsksForNothingPass() {
            assertPasses("labelled", Map.of());
            assertPasses("labelled", Map.of(INJECT, "true", "other", "kept"));
        }

        @Test
        void letsAPodThatHasAnAnswerPass() {
            assertPasses("labelled", Map.of(VOLUMES, "ref", INJECTED, "{}"));
        }

        @Test
        void letsNamespacesWithoutTheLabelAlone() {
            assertPasses("unlabelled", Map.of(VOLUMES, "ref"));
        }

        @Test
        void letsMirrorsOfStaticPodsPass() {
            assertPasses("labelled", Map.of(VOLUMES, "ref", "kubernetes.io/config.mirror", "0"));
        }
    }

    @Nested
    class WhileAdmissionAnswers {
        private final RefusingWebhook webhook = started();

        @BeforeEach
        void leadTheConfigurationToIt() {
            configure(client -> {
                client.setService(null);
                client.setUrl(webhook.url());
                client.setCaBundle(webhook.caBundle());
            });
            eventually(() -> assertIsAsked("labelled", Map.of()));
        }

        @AfterEach
        void leadItBack() {
            release.uninstall();
            release.upgrade();
            webhook.close();
        }

        @Test
        void asksItAboutEveryPodThatItCouldChange() {
            assertIsAsked("labelled", Map.of(VOLUMES, "ref"));
            assertIsAsked("labelled", Map.of(INJECT, "true"));
            assertIsAsked("labelled", Map.of(VOLUMES, "ref", INJECTED, "{}"));
            // its answer, though the pod opts out, was forged
            assertIsAsked("labelled", Map.of(INJECT, "false", INJECTED, "{}"));
        }

        @Test
        void leavesItAloneWithAllOthers() {
            assertPasses("unlabelled", Map.of());
            assertPasses("labelled", Map.of(INJECT, "false"));
            assertPasses("labelled", Map.of("kubernetes.io/config.mirror", "0"));
        }

        private static void assertIsAsked(String namespace, Map<String, String> annotations) {
            assertThatThrownBy(() -> create(namespace, annotations)).hasMessageContaining(RefusingWebhook.REFUSAL);
        }

        private static void configure(Consumer<WebhookClientConfig> change) {
            api.client()
                    .admissionRegistration()
                    .v1()
                    .mutatingWebhookConfigurations()
                    .withName(Release.NAME)
                    .edit(configuration -> {
                        change.accept(configuration.getWebhooks().getFirst().getClientConfig());
                        return configuration;
                    });
        }

        private static RefusingWebhook started() {
            try {
                return new RefusingWebhook();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void mountsOnlyWhereTheAdministratorAllows() {
        SharedVolume old = Volumes.create(api, "labelled", "old", "/opt/ref");

        release.upgrade("mountPathPrefixes={/shared,/data/sets}");

        eventually(() -> assertThatThrownBy(() -> dryRun("/opt/ref"))
                .hasMessageContaining("the paths that this cluster's administrator allows: /shared, /data/sets"));
        assertThatThrownBy(() -> dryRun("/sharedness")).hasMessageContaining("administrator allows");
        assertThatThrownBy(() -> dryRun("/data")).hasMessageContaining("administrator allows");
        assertThatCode(() -> dryRun("/shared")).doesNotThrowAnyException();
        assertThatCode(() -> dryRun("/data/sets/a")).doesNotThrowAnyException();
        assertThat(label(old).getMetadata().getLabels()).containsEntry("still", "editable");

        release.upgrade();

        eventually(() -> assertThatCode(() -> dryRun("/opt/ref")).doesNotThrowAnyException());
    }

    private static void dryRun(String mountPath) {
        api.client()
                .resource(Volumes.volume("labelled", "new", mountPath))
                .dryRun()
                .create();
    }

    private static SharedVolume label(SharedVolume volume) {
        return api.client().resource(volume).edit(present -> {
            present.getMetadata().setLabels(Map.of("still", "editable"));
            return present;
        });
    }

    private static void assertPasses(String namespace, Map<String, String> annotations) {
        assertThatCode(() -> create(namespace, annotations)).doesNotThrowAnyException();
    }

    private static void create(String namespace, Map<String, String> annotations) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace(namespace)
                .withAnnotations(new HashMap<>(annotations))
                .endMetadata()
                .withNewSpec()
                .withNodeName("node1") // a mirror has one
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .endContainer()
                .endSpec()
                .build();
        api.client().resource(pod).dryRun().create();
    }
}
