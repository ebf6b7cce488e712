package dev.aquifer.webhook.command.status;

import dev.aquifer.webhook.command.nodes.NodeCache;
import dev.aquifer.webhook.command.nodes.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the shared volumes of a cluster stand; what {@code aquifer status -o json} prints.
 *
 * @param bindings the claims through which namespaces use them
 * @param oldPods pods that a new one would differ from, with the volumes that were changed since
 * @param caches those of nodes that were asked
 * @param notes what of it could not be seen
 */
public record StatusReport(
        List<Volume> volumes,
        List<Binding> bindings,
        List<OldPod> oldPods,
        List<NodeCache> caches,
        List<String> notes) {

    /**
     * A shared volume.
     *
     * @param boundNamespaces in how many namespaces it can be used
     * @param nodes that have it, of a cached volume; null where nothing is known of any
     * @param ready {@code True}, {@code False} or {@code Unknown}
     * @param message what its owner is told where it is not ready
     */
    public record Volume(
            String namespace,
            String name,
            String mountPath,
            String readPath,
            List<String> roles,
            int boundNamespaces,
            @Nullable Spread nodes,
            String ready,
            @Nullable String message) {}

    /**
     * A pair of volume and claim.
     *
     * @param volume {@code owner/name}
     * @param mode {@code ro}, {@code rw} or {@code cached}
     * @param phase of the claim; {@code Terminating} once its deletion was requested
     */
    public record Binding(String volume, String namespace, String mode, String claim, String phase) {}

    /**
     * A pod that a new one would differ from, and a volume of it that was changed since it was created.
     *
     * @param revision the generation of the volume that it was created with
     * @param current the generation of now; null when the volume is gone
     */
    public record OldPod(
            String namespace,
            String pod,
            String volume,
            String role,
            long revision,
            @Nullable Long current) {}
}
