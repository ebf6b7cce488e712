package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binding.resolve.FsGroupPolicy;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/** The CSI drivers of the cluster, each with what it has kubelet do for a pod's fsGroup. */
final class DriverStore {
    private final TrimmedStore<GenericKubernetesResource, String> store =
            new TrimmedStore<>(DriverStore::read, TrimmedStore::stub, this::changed);
    private final Changes changes;

    DriverStore(Changes changes) {
        this.changes = changes;
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client) {
        return new Watched<>("CSIDriver", Kinds.drivers(client), store);
    }

    /** Its fsGroupPolicy; null for a driver without a CSIDriver. */
    @Nullable String fsGroupPolicy(String driver) {
        return store.kept(driver);
    }

    private void changed(String key, @Nullable String before, @Nullable String after) {
        changes.of(Interests.driver(key));
    }

    private static String read(GenericKubernetesResource object) {
        return Kinds.json(object).path("spec").path("fsGroupPolicy").asText(FsGroupPolicy.UNSAID);
    }
}
