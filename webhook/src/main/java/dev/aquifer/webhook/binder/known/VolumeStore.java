package dev.aquifer.webhook.binder.known;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.known.KnownPv.Other;
import dev.aquifer.webhook.binder.known.KnownPv.Pair;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.objects.PairReader;
import dev.aquifer.webhook.binding.source.SourceLocation;
import dev.aquifer.webhook.binding.source.SourceVolume;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The PersistentVolumes: ours cut to what plans compare, others with their whole specification, to be copied. */
public final class VolumeStore {
    private final Groups<ExistingVolume> byVolume = new Groups<>();
    private final Groups<ExistingVolume> byTenant = new Groups<>();
    private final Groups<String> byHandle = new Groups<>();
    private final TrimmedStore<GenericKubernetesResource, Versioned<KnownPv>> store =
            new TrimmedStore<>(this::read, TrimmedStore::stub, this::changed);
    private final Settling settling = new Settling();
    private final PairReader reader;
    private final VolumeNews news;

    VolumeStore(PairReader reader, Changes changes) {
        this.reader = reader;
        this.news = new VolumeNews(changes);
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client) {
        return new Watched<>("PersistentVolume", Kinds.volumes(client), store);
    }

    public @Nullable Versioned<KnownPv> get(String name) {
        return store.kept(name);
    }

    @Nullable ExistingVolume pair(String name) {
        Pair pair = find(name);
        return pair == null ? null : pair.volume();
    }

    @Nullable SourceVolume other(String name) {
        Versioned<KnownPv> found = store.kept(name);
        return found != null && found.value() instanceof Other(SourceVolume volume, String handle) ? volume : null;
    }

    Collection<ExistingVolume> ofVolume(String uid) {
        return byVolume.of(uid);
    }

    /** The annotation of a pair's volume that names its shared volume; empty without. */
    String source(ExistingVolume volume) {
        Pair pair = find(volume.name());
        return pair == null ? "" : pair.source();
    }

    Collection<ExistingVolume> ofTenant(String tenant) {
        return byTenant.of(tenant);
    }

    Set<String> withHandle(String handle) {
        return byHandle.keysOf(handle);
    }

    /** The UIDs of the shared volumes that any of them is of. */
    Set<String> uids() {
        return byVolume.names();
    }

    /** Completes with whether the volume is bound, once it is or never can be; to be cancelled by who waits no longer. */
    public CompletableFuture<Boolean> whenSettled(String name) {
        CompletableFuture<Boolean> settled = settling.of(name);
        settling.seen(name, pair(name));
        return settled;
    }

    private @Nullable Pair find(String name) {
        Versioned<KnownPv> found = store.kept(name);
        return found != null && found.value() instanceof Pair pair ? pair : null;
    }

    private void changed(String key, @Nullable Versioned<KnownPv> before, @Nullable Versioned<KnownPv> after) {
        KnownPv was = before == null ? null : before.value();
        KnownPv is = after == null ? null : after.value();
        byHandle.move(key, VolumeNews.handle(was), VolumeNews.handle(is), key);
        PairLabels from = VolumeNews.labels(was);
        PairLabels to = VolumeNews.labels(is);
        ExistingVolume pair = is instanceof Pair(ExistingVolume volume, String source) ? volume : null;
        byVolume.move(key, from == null ? null : from.volumeUid(), to == null ? null : to.volumeUid(), pair);
        byTenant.move(key, from == null ? null : from.tenant(), to == null ? null : to.tenant(), pair);
        if (after == null) {
            settling.gone(key);
        }
        news.tell(key, was, is);
        settling.seen(key, pair);
    }

    private Versioned<KnownPv> read(GenericKubernetesResource object) {
        ObjectNode json = Kinds.json(object);
        return new Versioned<>(
                object.getMetadata().getResourceVersion(),
                PairName.isReserved(object.getMetadata().getName())
                        ? new Pair(reader.pairVolume(json), Kinds.source(json))
                        : new Other(reader.sourceVolume(json), SourceLocation.handle(json.path("spec"))));
    }
}
