package dev.aquifer.webhook.binder.known;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.objects.StorageLimits;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What LimitRanges say of the sizes of claims. */
final class LimitStore {
    private final Groups<StorageLimits> byNamespace = new Groups<>();
    private final TrimmedStore<GenericKubernetesResource, StorageLimits> store =
            new TrimmedStore<>(LimitStore::read, TrimmedStore::stub, this::changed);
    private final Changes changes;

    LimitStore(Changes changes) {
        this.changes = changes;
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client, Served served) {
        return Kinds.limitRanges(client, served, store);
    }

    /** All of the namespace together: the largest minimum and the smallest maximum. */
    StorageLimits of(String namespace) {
        return together(byNamespace.of(namespace));
    }

    private void changed(String key, @Nullable StorageLimits before, @Nullable StorageLimits after) {
        String namespace = key.substring(0, key.indexOf('/'));
        byNamespace.move(key, before == null ? null : namespace, after == null ? null : namespace, after);
        changes.of(Interests.limits(namespace));
    }

    private static StorageLimits read(GenericKubernetesResource object) {
        StorageLimits limits = StorageLimits.NONE;
        for (JsonNode limit : Kinds.json(object).path("spec").path("limits")) {
            if (limit.path("type").asText().equals("PersistentVolumeClaim")) {
                limits = new StorageLimits(
                        bytes(limit.path("min").path("storage")),
                        bytes(limit.path("max").path("storage")));
            }
        }
        return limits;
    }

    private static @Nullable BigDecimal bytes(JsonNode quantity) {
        return quantity.isTextual() ? Quantity.getAmountInBytes(Quantity.parse(quantity.textValue())) : null;
    }

    private static StorageLimits together(Collection<StorageLimits> all) {
        return new StorageLimits(
                most(all, StorageLimits::min, BigDecimal::max), most(all, StorageLimits::max, BigDecimal::min));
    }

    private static @Nullable BigDecimal most(
            Collection<StorageLimits> all,
            Function<StorageLimits, @Nullable BigDecimal> part,
            BinaryOperator<BigDecimal> choice) {
        BigDecimal most = null;
        for (StorageLimits limits : all) {
            BigDecimal value = part.apply(limits);
            if (value != null) {
                most = most == null ? value : choice.apply(most, value);
            }
        }
        return most;
    }
}
