package dev.aquifer.webhook.testing;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real API server for the tests of this JVM: started by the first test class that registers it, shared by all that do not
 * ask for one of their own, ended after the last. It has no nodes, and controllers only where they are asked for. Tests keep apart by namespaces of
 * their own.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ControlPlane api = new ControlPlane();
 * }</pre>
 *
 * <p>Where its programs were never built on this machine, the first start takes some minutes and shows its progress.
 */
public final class ControlPlane implements BeforeAllCallback {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ControlPlane.class);

    /** The generated definition of SharedVolume. */
    public static final Path DEFINITION = Path.of("..", "manifests", "chart", "crd", "sharedvolumes.aquifer.dev.yaml");

    private final boolean controllers;
    private @Nullable RunningControlPlane running;
    private boolean defined;
    private boolean shared = true;

    /** Has the definition of SharedVolume installed and served before the first test. */
    public ControlPlane withDefinition() {
        defined = true;
        return this;
    }

    /** Without controllers. */
    public ControlPlane() {
        this(false);
    }

    private ControlPlane(boolean controllers) {
        this.controllers = controllers;
    }

    /** Another API server, with Kubernetes' own controllers and a log of all that is written, and of what tests' binders read. */
    public static ControlPlane withControllers() {
        return new ControlPlane(true);
    }

    /** For this class alone, which leaves its controllers busy for minutes. */
    public ControlPlane ofItsOwn() {
        shared = false;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = (shared ? context.getRoot() : context)
                .getStore(STORE)
                .getOrComputeIfAbsent(
                        shared + " " + controllers,
                        key -> RunningControlPlane.start(
                                (controllers ? "-controllers" : "") + (shared ? "" : "-own"), controllers),
                        RunningControlPlane.class);
        if (defined) {
            define();
        }
    }

    /** Installs the definition of SharedVolume, and waits until it is served. */
    public void define() {
        command().run("define", DEFINITION.toString()).succeeded();
    }

    /** What was asked of the API server, a JSON object (audit.k8s.io/v1 Event) a line; with controllers only. */
    public Path auditLog() {
        return requireNonNull(running().auditLog(), "only an API server with controllers has an audit log");
    }

    /** The administrator's client; closed by this extension. */
    public KubernetesClient client() {
        return running().client();
    }

    /** The administrator's kubeconfig file. */
    public Path kubeconfig() {
        return running().kubeconfig();
    }

    /** The command for this cluster: {@code kubectl}, {@code helm} and the like. */
    public ClusterCommand command() {
        return running().command();
    }

    /** Applies a file of manifests, as {@code kubectl apply} does. */
    public void apply(Path manifests) {
        command().run("kubectl", "apply", "-f", manifests.toString()).succeeded();
    }

    /** Makes a namespace and, in place of controllers that are not there, its default service account. */
    public void namespace(String name, Map<String, String> labels) {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        if (controllers) {
            return;
        }
        client().resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private RunningControlPlane running() {
        return requireNonNull(running, "the API server runs from beforeAll on");
    }
}
