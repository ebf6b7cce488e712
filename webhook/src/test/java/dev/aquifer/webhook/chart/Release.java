package dev.aquifer.webhook.chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.aquifer.webhook.testing.Completed;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The tests' API server with the chart, installed by Helm, as {@code aquifer} in {@code aquifer-system}. No pod of it
 * runs: nothing answers the webhook. After the tests nothing of it is left, the definition of SharedVolume included.
 */
public final class Release implements BeforeAllCallback, AfterAllCallback {
    static final Path CHART =
            Path.of("..", "manifests", "chart").toAbsolutePath().normalize();
    static final String NAMESPACE = "aquifer-system";
    /** The name of admission's Service and webhook configurations. */
    public static final String NAME = "aquifer-admission";

    private static final String DEFINITION = "crd/sharedvolumes.aquifer.dev";

    private final ControlPlane api = new ControlPlane();

    /** The API server that it is installed in. */
    public ControlPlane api() {
        return api;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        api.beforeAll(context);
        if (isNested(context)) {
            return;
        }
        // other tests install the definition without Helm, which would not take it over
        removeDefinition();
        upgrade();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isNested(context)) {
            return;
        }
        uninstall();
        removeDefinition();
    }

    /** Installs the chart, or upgrades to these values alone. */
    void upgrade(String... values) {
        List<String> line = new ArrayList<>(List.of(
                "helm",
                "upgrade",
                "--install",
                "--reset-values",
                "aquifer",
                CHART.toString(),
                "--create-namespace",
                "-n",
                NAMESPACE));
        for (String value : values) {
            line.addAll(List.of("--set", value));
        }
        api.command().run(line.toArray(String[]::new)).succeeded();
    }

    /** Without its hooks, whose job no node would run. */
    void uninstall() {
        helm("uninstall", "aquifer", "--no-hooks").succeeded();
    }

    /** A command of Helm in the release's namespace. */
    Completed helm(String... words) {
        List<String> line = new ArrayList<>(List.of("helm", "-n", NAMESPACE));
        line.addAll(List.of(words));
        return api.command().run(line.toArray(String[]::new));
    }

    MutatingWebhookConfiguration configuration() {
        return api.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME)
                .get();
    }

    /** A client with the rights of this service account of the chart. */
    KubernetesClient as(String serviceAccount) {
        return as(api, NAMESPACE, serviceAccount);
    }

    /** A token of this service account. */
    public static String token(ControlPlane api, String namespace, String serviceAccount) {
        return api.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** A client with the rights of this service account. */
    static KubernetesClient as(ControlPlane api, String namespace, String serviceAccount) {
        String token = token(api, namespace, serviceAccount);
        Config administrator = api.client().getConfiguration();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(administrator.getMasterUrl())
                .withCaCertData(administrator.getCaCertData())
                .withOauthToken(token)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** What the API server answers that would store these manifests. */
    String dryRun(String manifests) {
        return api.command()
                .runWithInput(
                        manifests,
                        "kubectl",
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--dry-run=server",
                        "--validate=strict",
                        "-f",
                        "-")
                .succeeded();
    }

    /** What the chart makes of a release of another name, without the API server. */
    Completed templateOf(String name, String... arguments) {
        return render(name, Stream.concat(Stream.of("--skip-tests"), Stream.of(arguments)));
    }

    /** What the chart makes of more arguments, without the API server. */
    Completed template(String... arguments) {
        return templateOf("aquifer", arguments);
    }

    /** The same, and what the chart runs for {@code helm test}. */
    Completed templateWithTests(String... arguments) {
        return render("aquifer", Stream.of(arguments));
    }

    private Completed render(String name, Stream<String> arguments) {
        Stream<String> line = Stream.of("helm", "template", name, CHART.toString(), "-n", NAMESPACE);
        return api.command().run(Stream.concat(line, arguments).toArray(String[]::new));
    }

    /** The same as objects. */
    List<HasMetadata> objects(String... arguments) {
        return objects(template(arguments));
    }

    /** What Helm rendered, as objects. */
    List<HasMetadata> objects(Completed rendered) {
        byte[] manifests = rendered.succeeded().getBytes(UTF_8);
        return api.client().load(new ByteArrayInputStream(manifests)).items();
    }

    /** The objects of this kind among them. */
    static <T extends HasMetadata> Stream<T> all(Class<T> kind, List<HasMetadata> objects) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The object of this kind and name among them. */
    static <T extends HasMetadata> T one(Class<T> kind, String name, List<HasMetadata> objects) {
        return all(kind, objects)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The templates of all pods among them, those of tests and hooks too, by kind and name of what makes them. */
    static Map<String, PodTemplateSpec> pods(List<HasMetadata> objects) {
        Map<String, PodTemplateSpec> pods = new TreeMap<>();
        for (HasMetadata object : objects) {
            PodTemplateSpec template = switch (object) {
                case Deployment deployment -> deployment.getSpec().getTemplate();
                case DaemonSet daemons -> daemons.getSpec().getTemplate();
                case Job job -> job.getSpec().getTemplate();
                default -> null;
            };
            if (template != null) {
                pods.put(object.getKind() + "/" + object.getMetadata().getName(), template);
            }
        }
        return pods;
    }

    /** JUnit calls for each nested class too. */
    private static boolean isNested(ExtensionContext context) {
        return !context.getEnclosingTestClasses().isEmpty();
    }

    private void removeDefinition() {
        api.command()
                .run("kubectl", "delete", "--ignore-not-found", "--wait", DEFINITION)
                .succeeded();
    }

    /**
     * An API server takes up policies and definitions some moments after they were made; the controllers bind a claim when
     * they are done with those that other tests have left them.
     */
    public static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(assertion);
    }
}
