package dev.aquifer.webhook.binder.known;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ResourceQuotas say of claims like ours, which have no StorageClass. Nothing asks for it: whoever was refused a
 * claim is told when it changes.
 */
final class QuotaStore {
    private static final List<String> OF_CLAIMS =
            List.of("persistentvolumeclaims", "count/persistentvolumeclaims", "requests.storage");

    private final TrimmedStore<GenericKubernetesResource, List<String>> store =
            new TrimmedStore<>(QuotaStore::read, TrimmedStore::stub, this::changed);
    private final Changes changes;

    QuotaStore(Changes changes) {
        this.changes = changes;
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client, Served served) {
        return Kinds.quotas(client, served, store);
    }

    private void changed(String key, @Nullable List<String> before, @Nullable List<String> after) {
        changes.of(Interests.quota(key.substring(0, key.indexOf('/'))));
    }

    /** Limits and use, in the order of the names; pods that come and go are no news. */
    private static List<String> read(GenericKubernetesResource quota) {
        JsonNode json = Kinds.json(quota);
        return OF_CLAIMS.stream()
                .map(name -> json.path("spec").path("hard").path(name).asText()
                        + " "
                        + json.path("status").path("hard").path(name).asText()
                        + " "
                        + json.path("status").path("used").path(name).asText())
                .map(String::intern)
                .toList();
    }
}
