package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.cluster.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which namespaces are served, as admission and the binder must be told alike. */
final class ServeOption {
    @Option(
            names = "--serve",
            paramLabel = "NAMESPACE",
            split = ",",
            description =
                    "Serve these namespaces only, with rights in them alone: grants count by name, and volumes come"
                            + " by claims of the pods' own namespaces, no PersistentVolume being made (default: every namespace"
                            + " with the label aquifer.dev/inject=enabled).")
    private List<String> namespaces = new ArrayList<>();

    Served served() {
        return new Served(Set.copyOf(namespaces));
    }
}
