package dev.aquifer.webhook.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster is asked. */
final class ClusterOptions {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig file (default: that of KUBECONFIG, else ~/.kube/config).")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The context in it (default: the current one).")
    private @Nullable String context;

    Connection connect() {
        return Connection.to(kubeconfig, context);
    }
}
