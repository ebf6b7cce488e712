package dev.aquifer.webhook.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An API server and etcd of this JVM's own, and the administrator's client of them. */
final class RunningControlPlane implements AutoCloseable {
    private final ClusterCommand command =
            new ClusterCommand("it-" + ProcessHandle.current().pid());
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Path kubeconfig;
    private final KubernetesClient client;

    private RunningControlPlane() throws IOException, InterruptedException {
        // for a build that is broken off: JUnit closes nothing then
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        String keeper = String.valueOf(ProcessHandle.current().pid());
        command.runShown("up", "--control-plane", "--keeper", keeper);
        kubeconfig = Path.of(command.run("kubeconfig").succeeded().strip());
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    static RunningControlPlane start() {
        try {
            return new RunningControlPlane();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server started", e);
        }
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
