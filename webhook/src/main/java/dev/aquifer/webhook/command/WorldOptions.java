package dev.aquifer.webhook.command;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where objects are looked up, and for which namespace. */
final class WorldOptions {
    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description =
                    "The namespace of pods that name none, or whose status is asked (default: that of the context; for a"
                            + " status, all).")
    private @Nullable String namespace;

    @ArgGroup
    private @Nullable Where where;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    /** The one or the other. */
    static final class Where {
        @Option(names = "--cluster", description = "Look in the cluster. So it is done without --with, too.")
        private boolean cluster;

        @Option(
                names = "--with",
                paramLabel = "FILE",
                description = "Look in this file of SharedVolumes and Namespaces, and at no cluster; may be repeated.")
        private List<String> files = new ArrayList<>();
    }

    /**
     * Where to look; to be closed.
     *
     * @param accepted the owners that every namespace accepts; null for those that the running admission was told
     */
    World world(@Nullable AcceptedOwners accepted) {
        return where == null || where.cluster
                ? World.of(cluster.connect(), namespace, accepted)
                : World.of(where.files, accepted);
    }

    /** As the option says; null when it is not given. */
    @Nullable String namespace() {
        return namespace;
    }

    /**
     * The namespace of an object.
     *
     * @param own what it names itself; null for none
     * @throws IllegalArgumentException when the option says otherwise
     */
    String namespace(@Nullable String own, World world) {
        if (own != null && namespace != null && !own.equals(namespace)) {
            throw new IllegalArgumentException(
                    "expected objects of namespace %s, found one of %s; leave --namespace out, or name that one"
                            .formatted(namespace, own));
        }
        if (own != null) {
            return own;
        }
        return namespace == null ? world.namespace() : namespace;
    }
}
