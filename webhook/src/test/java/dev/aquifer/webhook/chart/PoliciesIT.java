package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.api.SharedVolume;
import dev.aquifer.webhook.testing.Completed;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the chart's policies let through and refuse inside the API server, while no webhook can be reached. */
class PoliciesIT {
    private static final String VOLUMES = "aquifer.dev/volumes";
    private static final String INJECTED = "aquifer.dev/injected";
    private static final String INJECT = "aquifer.dev/inject";

    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();

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
        void refusesAPodThatNamesAClaimOfTheBindersInWhateverNamespace() {
            for (String namespace : List.of("labelled", "unlabelled")) {
                eventually(
                        () -> assertThat(naming(namespace, "aquifer-ro-a-b-c").failed())
                                .contains("guard.aquifer.dev"));
                assertThat(naming(namespace, "aquifer-rw-a-b-c").failed()).contains("guard.aquifer.dev");
                assertThat(naming(namespace, "my-aquifer-ro-claim").succeeded()).contains("created");
            }
        }

        /** By kubectl: the client would ask again and again, and each time the API server waits for the guard. */
        private static Completed naming(String namespace, String claim) {
            return api.command()
                    .runWithInput("""
                            apiVersion: v1
                            kind: Pod
                            metadata: {name: p, namespace: %s}
                            spec:
                              containers: [{name: main, image: busybox:1}]
                              volumes: [{name: v, persistentVolumeClaim: {claimName: %s}}]
                            """.formatted(namespace, claim), "kubectl", "create", "--dry-run=server", "-f", "-");
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
        void letsAPodPassThatHoldsWhatItsAnswerSays() {
            assertPasses(answered(bound("ref", "a"), claim("aquifer-a-1", "a")));
            assertPasses(answered(bound("ref", "a"), claim("own-name", "a")));
            assertPasses(answered(bound("ref", "a") + "," + bound("maps", "b"), claim("one", "b"), claim("two", "a")));
            assertPasses(answered(claimless("tmp"), scratch("aquifer-scratch-1")));
            assertPasses(answered(
                    bound("ref", "a") + "," + claimless("tmp"), claim("one", "a"), scratch("aquifer-scratch-1")));
        }

        @Test
        void letsAPodPassOfWhichAdmissionSaidWhyItGetsNothing() {
            assertPasses(answered("\"skipped\":\"windows\""));
            assertPasses(answered("\"data/ref\":{\"skipped\":\"path-taken\"}"));
        }

        @Test
        void refusesAPodWithoutAVolumeThatItsAnswerNames() {
            assertRefused(answered(bound("ref", "a")));
            assertRefused(answered(bound("ref", "a"), claim("aquifer-a-1", "ab")));
            assertRefused(answered(bound("ref", "a"), scratch("aquifer-scratch-1")));
            assertRefused(answered(claimless("tmp"), scratch("scratch")));
            assertRefused(answered(claimless("tmp") + "," + bound("ref", "a"), scratch("aquifer-scratch-1")));
            assertRefused(answered(bound("ref", "a") + "," + bound("maps", "b"), claim("one", "a")));
        }

        @Test
        void refusesAPodWhoseAnswerSaysNothing() {
            assertRefused(answered(""));
            assertRefused(pod("labelled", Map.of(VOLUMES, "ref", INJECTED, "")));
        }

        @Test
        void letsACopyPassThatOptsOut() {
            assertPasses(
                    pod("labelled", Map.of(VOLUMES, "ref", INJECT, "false", INJECTED, "{" + bound("ref", "a") + "}")));
        }

        private static String bound(String volume, String claim) {
            return "\"data/%s\":{\"role\":\"reader\",\"binding\":\"%s\",\"revision\":1}".formatted(volume, claim);
        }

        /** In a role that needs no claim. */
        private static String claimless(String volume) {
            return "\"data/%s\":{\"role\":\"writer\",\"revision\":1}".formatted(volume);
        }

        private static Pod answered(String members, Volume... volumes) {
            return new PodBuilder(pod("labelled", Map.of(VOLUMES, "ref", INJECTED, "{" + members + "}")))
                    .editSpec()
                    .withVolumes(volumes)
                    .endSpec()
                    .build();
        }

        private static Volume claim(String name, String claim) {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewPersistentVolumeClaim(claim, null)
                    .build();
        }

        private static Volume scratch(String name) {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .build();
        }

        private static void assertRefused(Pod pod) {
            assertThatThrownBy(() -> create(pod)).hasMessageContaining("so it has none");
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
        assertPasses(pod(namespace, annotations));
    }

    private static void assertPasses(Pod pod) {
        assertThatCode(() -> create(pod)).doesNotThrowAnyException();
    }

    private static void create(String namespace, Map<String, String> annotations) {
        create(pod(namespace, annotations));
    }

    private static void create(Pod pod) {
        api.client().resource(pod).dryRun().create();
    }

    private static Pod pod(String namespace, Map<String, String> annotations) {
        return new PodBuilder()
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
    }
}
