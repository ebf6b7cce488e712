package dev.aquifer.webhook.binder.known;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.known.KnownClaim.Other;
import dev.aquifer.webhook.binder.known.KnownClaim.Pair;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.PairReader;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The PersistentVolumeClaims of all namespaces that are served, cut to what plans compare. */
public final class ClaimStore {
    private final Groups<ExistingClaim> byVolume = new Groups<>();
    private final TrimmedStore<GenericKubernetesResource, Versioned<KnownClaim>> store =
            new TrimmedStore<>(this::read, TrimmedStore::stub, this::changed);
    private final PairReader reader;
    private final Changes changes;

    ClaimStore(PairReader reader, Changes changes) {
        this.reader = reader;
        this.changes = changes;
    }

    Watched<GenericKubernetesResource> watched(KubernetesClient client, Served served) {
        return Kinds.claims(client, served, store);
    }

    /**
     * Any claim, ours or not.
     *
     * @param key {@code namespace/name}
     */
    public @Nullable Versioned<KnownClaim> get(String key) {
        return store.kept(key);
    }

    public @Nullable ExistingClaim pair(String namespace, String name) {
        Pair pair = find(namespace, name);
        return pair == null ? null : pair.claim();
    }

    /** The annotation of a pair's claim that names its shared volume; empty without. */
    String source(ExistingClaim claim) {
        Pair pair = find(claim.namespace(), claim.name());
        return pair == null ? "" : pair.source();
    }

    @Nullable SourceClaim other(String namespace, String name) {
        Versioned<KnownClaim> found = store.kept(TrimmedStore.key(namespace, name));
        return found == null
                ? null
                : switch (found.value()) {
                    case Other(SourceClaim claim) -> claim;
                    case Pair(ExistingClaim claim, String source) -> asSource(claim);
                };
    }

    Collection<ExistingClaim> ofVolume(String uid) {
        return byVolume.of(uid);
    }

    public Collection<Versioned<KnownClaim>> all() {
        return store.all();
    }

    /** The UIDs of the shared volumes that any of them is of. */
    Set<String> uids() {
        return byVolume.names();
    }

    private @Nullable Pair find(String namespace, String name) {
        Versioned<KnownClaim> found = store.kept(TrimmedStore.key(namespace, name));
        return found != null && found.value() instanceof Pair pair ? pair : null;
    }

    private void changed(String key, @Nullable Versioned<KnownClaim> before, @Nullable Versioned<KnownClaim> after) {
        KnownClaim was = before == null ? null : before.value();
        KnownClaim is = after == null ? null : after.value();
        byVolume.move(key, uid(was), uid(is), is instanceof Pair(ExistingClaim claim, String source) ? claim : null);
        String from = uid(was);
        if (from != null && after == null) {
            changes.gone(from, key);
        }
        tell(key, was);
        tell(key, is);
    }

    private void tell(String key, @Nullable KnownClaim claim) {
        String uid = uid(claim);
        if (uid != null) {
            changes.ofVolume(uid);
        } else if (claim instanceof Pair) {
            changes.ofAll();
        } else if (claim != null) {
            changes.of(Interests.CLAIM + key);
        }
    }

    private static @Nullable String uid(@Nullable KnownClaim claim) {
        return claim instanceof Pair(ExistingClaim pair, String source) && pair.labels() != null
                ? pair.labels().volumeUid()
                : null;
    }

    private Versioned<KnownClaim> read(GenericKubernetesResource object) {
        ObjectNode json = Kinds.json(object);
        return new Versioned<>(
                object.getMetadata().getResourceVersion(),
                PairName.isReserved(object.getMetadata().getName())
                        ? new Pair(reader.pairClaim(json), Kinds.source(json))
                        : new Other(reader.sourceClaim(json)));
    }

    private static SourceClaim asSource(ExistingClaim claim) {
        return new SourceClaim(
                claim.namespace(),
                claim.name(),
                claim.uid(),
                claim.phase(),
                claim.volumeName(),
                claim.accessModes(),
                claim.deleted() != null,
                true);
    }
}
