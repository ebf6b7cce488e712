package dev.aquifer.webhook.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An API server and etcd of this JVM's own, and the administrator's client of them. */
final class RunningControlPlane implements AutoCloseable {
    private static final String AUDIT_POLICY = """
            {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"], "rules": [
              {"level": "Metadata", "verbs": ["create", "update", "patch", "delete", "deletecollection"]},
              {"level": "None", "resources": [{"group": "coordination.k8s.io"}]},
              {"level": "Metadata", "users": ["system:serviceaccount:default:binder-it"]},
              {"level": "None"}]}
            """;

    private final ClusterCommand command;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Path kubeconfig;
    private final KubernetesClient client;

    private final @Nullable Path auditLog;

    private RunningControlPlane(String name, boolean controllers) throws IOException, InterruptedException {
        command = new ClusterCommand("it-" + ProcessHandle.current().pid() + name);
        auditLog = controllers ? Files.createTempDirectory("audit").resolve("log") : null;
        // for a build that is broken off: JUnit closes nothing then
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        String keeper = String.valueOf(ProcessHandle.current().pid());
        if (auditLog == null) {
            command.runShown("up", "--control-plane", "--keeper", keeper);
        } else {
            Path policy = Files.writeString(auditLog.resolveSibling("policy"), AUDIT_POLICY);
            command.runShown(
                    "up",
                    "--control-plane",
                    "--controllers",
                    "--keeper",
                    keeper,
                    "--api-server-arg",
                    "--audit-policy-file=" + policy,
                    "--api-server-arg",
                    "--audit-log-path=" + auditLog);
        }
        kubeconfig = Path.of(command.run("kubeconfig").succeeded().strip());
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** @param name tells it from others of this JVM */
    static RunningControlPlane start(String name, boolean controllers) {
        try {
            return new RunningControlPlane(name, controllers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server started", e);
        }
    }

    @Nullable Path auditLog() {
        return auditLog;
    }

    ClusterCommand command() {
        return command;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            command.run("down").succeeded();
        }
    }
}
