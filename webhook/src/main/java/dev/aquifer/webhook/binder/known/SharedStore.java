package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.SharedVolumeKind;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The SharedVolumes. */
public final class SharedStore {
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final TrimmedStore<GenericKubernetesResource, Versioned<Shared>> store;
    private final Served served;
    private final Changes changes;

    SharedStore(Served served, Changes changes) {
        this.served = served;
        this.changes = changes;
        store = new TrimmedStore<>(new SharedReader(served)::read, TrimmedStore::stub, this::changed);
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client) {
        return SharedVolumeKind.watched(client, served, store);
    }

    public @Nullable Versioned<Shared> byKey(String key) {
        return store.kept(key);
    }

    public @Nullable Versioned<Shared> byUid(String uid) {
        String key = keys.get(uid);
        Versioned<Shared> found = key == null ? null : store.kept(key);
        return found != null && found.value().uid().equals(uid) ? found : null;
    }

    Set<String> uids() {
        return Set.copyOf(keys.keySet());
    }

    /** How many have this condition in a state that says that something is wrong, and are not being deleted. */
    public long countTroubled(String condition) {
        return store.all().stream()
                .map(Versioned::value)
                .filter(shared -> !shared.deleting() && shared.isTroubled(condition))
                .count();
    }

    /** Those that are not being deleted. */
    public List<Shared> staying() {
        return store.all().stream()
                .map(Versioned::value)
                .filter(shared -> !shared.deleting())
                .toList();
    }

    /** Those that can be read and are not being deleted. */
    List<KnownVolume> known() {
        return staying().stream().map(Shared::volume).filter(Objects::nonNull).toList();
    }

    private void changed(String key, @Nullable Versioned<Shared> before, @Nullable Versioned<Shared> after) {
        if (after != null) {
            keys.put(after.value().uid(), key);
            changes.ofVolume(after.value().uid());
        }
        if (before != null
                && (after == null || !before.value().uid().equals(after.value().uid()))) {
            keys.remove(before.value().uid());
            changes.ofVolume(before.value().uid());
        }
        // two volumes at one mount path concern each other
        if (before == null
                || after == null
                || before.value().generation() != after.value().generation()) {
            changes.ofAll();
        }
    }
}
