package dev.aquifer.webhook.command;

import dev.aquifer.webhook.command.nodes.Agents;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.rest.Exec;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The cluster that a person asks about. Nothing is opened before the first request. */
final class Connection implements AutoCloseable {
    private static final String DEFAULT_NAMESPACE = "default";

    private final KubernetesClient client;

    private Connection(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The cluster of a context.
     *
     * @param kubeconfig null for that of KUBECONFIG, else {@code ~/.kube/config}
     * @param context null for the current one
     * @throws UnknownContextException when no file has the context
     * @throws IllegalArgumentException when the file is not there, or none of those of KUBECONFIG
     */
    static Connection to(@Nullable Path kubeconfig, @Nullable String context) {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException(
                    "--kubeconfig: expected a file that can be read, found '%s'".formatted(kubeconfig));
        }
        if (kubeconfig == null) {
            expectNamedFiles();
        }
        Config config = kubeconfig == null
                ? Config.autoConfigure(context)
                : Config.fromKubeconfig(context, new File(kubeconfig.toString()));
        if (context != null) {
            expectContext(config, context);
        }
        Impersonation.heed(config);
        return new Connection(new KubernetesClientBuilder().withConfig(config).build());
    }

    /** Of several files some may be missing, as for kubectl; where the variable is not set, a pod's own account may do. */
    private static void expectNamedFiles() {
        String named = Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_KUBECONFIG_FILE);
        if (Utils.isNotNullOrEmpty(named)
                && Config.getKubeconfigFilenames().stream().noneMatch(file -> Files.isReadable(Path.of(file)))) {
            throw new IllegalArgumentException(
                    "KUBECONFIG: expected a file that can be read, found '%s'; set it to one, or name one with --kubeconfig"
                            .formatted(named));
        }
    }

    /** The client takes the current context, or none at all, in the place of one that it does not find. */
    private static void expectContext(Config config, String name) {
        NamedContext taken = config.getCurrentContext();
        if (taken == null || !name.equals(taken.getName())) {
            List<NamedContext> known = Objects.requireNonNullElse(config.getContexts(), List.of());
            throw new UnknownContextException(
                    name, known.stream().map(NamedContext::getName).sorted().toList());
        }
    }

    KubernetesClient client() {
        return client;
    }

    ApiServer api() {
        return new ApiServer(client);
    }

    Agents agents() {
        return new RunningAgents(api(), new Exec(client));
    }

    /** That of the context. */
    String namespace() {
        String namespace = client.getConfiguration().getNamespace();
        return namespace == null || namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace;
    }

    @Override
    public void close() {
        client.close();
    }
}
