package dev.aquifer.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.aquifer.webhook.authority.AuthorityObjects;
import dev.aquifer.webhook.authority.AuthoritySettings;
import dev.aquifer.webhook.authority.ServedNames;
import dev.aquifer.webhook.cluster.ClusterClient;
import dev.aquifer.webhook.cluster.PulseRate;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.CuttableLine;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** A real API server asks this program about pods, by URL, and trusts the certificate that the program made. */
final class AdmissionIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane().withDefinition();

    private static final String CONFIGURATION = "aquifer-admission-it";
    private static final Map<String, String> INJECTED = Map.of("aquifer.dev/inject", "enabled");
    private static final Pattern AGE = Pattern.compile("aquifer_watch_age_seconds\\{kind=.*?} (.*)");
    /** Of a review for its namespace to become known. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static AdmissionProgram program;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static CuttableLine line;

    @BeforeAll
    static void start() {
        api.namespace("aquifer-it", Map.of());
        api.namespace("owner-it", INJECTED);
        int port = FreePort.find();
        program = new AdmissionProgram(
                settings(port),
                ClusterClient.create(throughTheLine(), new PulseRate(Duration.ofSeconds(1), Duration.ofSeconds(4))));
        program.start();
        configure(port);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/readyz").body()).doesNotContain("[-]"));
    }

    @AfterAll
    static void stop() throws IOException {
        api.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(CONFIGURATION)
                .delete();
        program.stop();
        line.close();
    }

    /** The program's way to the API server; the tests' own is another. */
    private static Config throughTheLine() {
        Config straight = api.client().getConfiguration();
        line = new CuttableLine(URI.create(straight.getMasterUrl()).getPort());
        return new ConfigBuilder(straight)
                .withMasterUrl("https://127.0.0.1:%d/".formatted(line.port()))
                .build();
    }

    @Test
    void givesAPodTheVolumeThatItAsksFor() {
        share("asked");
        await().ignoreExceptions().untilAsserted(() -> {
            Pod pod = dryRun("owner-it", Map.of("aquifer.dev/volumes", "asked"));
            assertThat(pod.getMetadata().getAnnotations()).containsKey("aquifer.dev/injected");
            assertThat(pod.getSpec().getContainers().getFirst().getVolumeMounts())
                    .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/asked"));
        });
    }

    @Test
    void refusesAPodThatAsksForAVolumeThatIsNotThere() {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> dryRun("owner-it", Map.of("aquifer.dev/volumes", "nothing")))
                .withMessageContaining("nothing")
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }

    @Test
    void forgetsAVolumeThatIsDeleted() {
        share("short-lived");
        await().ignoreExceptions()
                .untilAsserted(() -> dryRun("owner-it", Map.of("aquifer.dev/volumes", "short-lived")));
        api.command()
                .run("kubectl", "delete", "sharedvolume", "-n", "owner-it", "short-lived")
                .succeeded();
        await().untilAsserted(() -> assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> dryRun("owner-it", Map.of("aquifer.dev/volumes", "short-lived"))));
    }

    @Test
    void answersForANamespaceThatWasMadeJustNow() {
        // the client would try a refused pod again until it is admitted, and none would be seen
        Config config = new ConfigBuilder(api.client().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient once =
                new KubernetesClientBuilder().withConfig(config).build()) {
            long answered = IntStream.range(0, 10)
                    .mapToObj(i -> "brand-new-it-" + i)
                    .filter(namespace -> isAnswered(once, namespace))
                    .count();
            assertThat(answered).isGreaterThan(5);
        }
    }

    /**
     * The program hears of the namespace later than the API server asks about its pod. False where the machine was so
     * slow that it waited as long as it may.
     */
    private static boolean isAnswered(KubernetesClient once, String namespace) {
        line.hold();
        api.namespace(namespace, INJECTED);
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(line::mend);
        long before = System.nanoTime();
        try {
            assertThat(dryRun(once, namespace, Map.of()).getSpec().getContainers())
                    .hasSize(1);
            return true;
        } catch (KubernetesClientException e) {
            assertThat(e).hasMessageContaining(namespace);
            assertThat(e.getCode()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(LONGEST_WAIT);
            return false;
        }
    }

    @Test
    void goesOnWithWhatItKnowsWhileItCannotReachTheApiServerAndCatchesUp() {
        losesTheApiServer(line::cut, "known");
    }

    @Test
    void doesTheSameWhenItsConnectionsFallSilentWithoutBreaking() {
        losesTheApiServer(line::freeze, "known-before-silence");
    }

    private static void losesTheApiServer(Runnable loss, String known) {
        String meanwhile = known + "-and-more";
        share(known);
        await().ignoreExceptions().untilAsserted(() -> assertIsInjected(known));
        loss.run();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ages())
                            .hasSize(2)
                            .allSatisfy(age -> assertThat(age).isGreaterThan(3)));
            share(meanwhile);

            assertIsInjected(known);
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> assertIsInjected(meanwhile))
                    .withMessageContaining(meanwhile);
        } finally {
            line.mend();
        }
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> assertIsInjected(meanwhile));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(ages())
                        .hasSize(2)
                        .allSatisfy(age -> assertThat(age).isLessThan(1)));
    }

    private static void assertIsInjected(String volume) {
        Pod pod = dryRun("owner-it", Map.of("aquifer.dev/volumes", volume));
        assertThat(pod.getMetadata().getAnnotations()).containsKey("aquifer.dev/injected");
    }

    /** How old the program says its knowledge of each kind is, in seconds. */
    private static List<Double> ages() throws IOException, InterruptedException {
        return AGE.matcher(get("/metrics").body())
                .results()
                .map(line -> Double.valueOf(line.group(1)))
                .toList();
    }

    @Test
    void tellsWhatItDidAndHowOldItsKnowledgeIs() throws IOException, InterruptedException {
        dryRun("owner-it", Map.of());
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").body())
                .contains("aquifer_admission_requests_total{outcome=\"admitted\",reason=\"not-selected\"}")
                .containsPattern("aquifer_watch_age_seconds\\{kind=\"Namespace\"} (0\\.|\\d\\.\\d+E-\\d)")
                .containsPattern("aquifer_watch_age_seconds\\{kind=\"SharedVolume\"} (0\\.|\\d\\.\\d+E-\\d)")
                .contains("aquifer_certificate_expiry_timestamp_seconds{use=\"leaf\"}")
                .contains("jvm_memory_used_bytes")
                .contains("vertx_pool");
    }

    private static AdmissionSettings settings(int port) {
        return new AdmissionSettings(
                new ManagementSettings("127.0.0.1", 0, new LogSettings(LogFormat.TEXT, Level.INFO)),
                port,
                new ServedNames("aquifer-admission", "aquifer-it", List.of("127.0.0.1")),
                new AuthorityObjects("aquifer-admission-ca", "aquifer-authority"),
                "aquifer-node",
                "aquifer-binder",
                AuthoritySettings.defaults(),
                AcceptedOwners.NONE,
                true,
                false,
                Duration.ZERO,
                Served.ALL);
    }

    private static void configure(int port) {
        api.client()
                .resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(CONFIGURATION)
                        .addToLabels("aquifer.dev/inject-ca", "true")
                        .endMetadata()
                        .addNewWebhook()
                        .withName("pods.aquifer.dev")
                        .withAdmissionReviewVersions("v1")
                        .withSideEffects("None")
                        .withFailurePolicy("Fail")
                        .withTimeoutSeconds(2)
                        .withNewNamespaceSelector()
                        .withMatchLabels(INJECTED)
                        .endNamespaceSelector()
                        .withNewClientConfig()
                        .withUrl("https://127.0.0.1:%d/mutate".formatted(port))
                        .endClientConfig()
                        .addNewRule()
                        .withApiGroups("")
                        .withApiVersions("v1")
                        .withOperations("CREATE")
                        .withResources("pods")
                        .endRule()
                        .endWebhook()
                        .build())
                .create();
    }

    private static void share(String name) {
        String volume = """
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: %1$s, namespace: owner-it}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /%1$s
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                  defaultRole: reader
                  access: [{namespaces: {names: [owner-it]}, roles: [reader]}]
                """.formatted(name);
        api.command().runWithInput(volume, "kubectl", "apply", "-f", "-").succeeded();
    }

    private static Pod dryRun(String namespace, Map<String, String> annotations) {
        return dryRun(api.client(), namespace, annotations);
    }

    private static Pod dryRun(KubernetesClient client, String namespace, Map<String, String> annotations) {
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName("pod-")
                        .withNamespace(namespace)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("main:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .dryRun()
                .create();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(program.managementPort(), path));
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
