package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binder.pace.RaisePace;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.objects.StorageLimits;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceVolume;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one plan is told of the cluster, and a note of what it asked for. For one thread. */
public final class RecordedFacts implements ClusterFacts {
    private final KnownCluster cluster;
    private final RaisePace pace;
    private final Instant now;
    private final Set<String> asked = new HashSet<>();
    private @Nullable Duration wait;

    public RecordedFacts(KnownCluster cluster, RaisePace pace, Instant now) {
        this.cluster = cluster;
        this.pace = pace;
        this.now = now;
    }

    /** When the first of the pairs that have to wait for a new name may have one; null when none has to. */
    public @Nullable Duration untilNextRaise() {
        return wait;
    }

    /** In the words of {@link Interests}. Namespaces and SharedVolumes are left out: their changes concern all. */
    public Set<String> asked() {
        return asked;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public @Nullable TenantNamespace namespace(String name) {
        return cluster.namespaces.get(name);
    }

    @Override
    public Collection<TenantNamespace> namespaces() {
        return cluster.namespaces.all();
    }

    @Override
    public Collection<KnownVolume> sharedVolumes() {
        return cluster.shared.known();
    }

    @Override
    public @Nullable SourceClaim claim(String namespace, String name) {
        asked.add(Interests.claim(namespace, name));
        return cluster.claims.other(namespace, name);
    }

    @Override
    public @Nullable SourceVolume volume(String name) {
        asked.add(Interests.volume(name));
        return cluster.volumes.other(name);
    }

    @Override
    public @Nullable ExistingVolume pairVolume(String name) {
        return cluster.volumes.pair(name);
    }

    @Override
    public @Nullable ExistingClaim pairClaim(String namespace, String name) {
        return cluster.claims.pair(namespace, name);
    }

    @Override
    public Collection<ExistingVolume> pairVolumesFor(String tenant) {
        asked.add(Interests.tenant(tenant));
        return cluster.volumes.ofTenant(tenant);
    }

    @Override
    public Set<String> handleOwners(String handle) {
        asked.add(Interests.handle(handle));
        return cluster.volumes.withHandle(handle);
    }

    @Override
    public StorageLimits storageLimits(String namespace) {
        asked.add(Interests.limits(namespace));
        return cluster.limits.of(namespace);
    }

    @Override
    public @Nullable String fsGroupPolicy(String driver) {
        asked.add(Interests.driver(driver));
        return cluster.drivers.fsGroupPolicy(driver);
    }

    @Override
    public boolean makesPairs() {
        return cluster.served.everywhere();
    }

    @Override
    public boolean mayRaise(PairIdentity pair) {
        Duration left = pace.left(pair);
        if (left.isZero()) {
            return true;
        }
        wait = wait == null || left.compareTo(wait) < 0 ? left : wait;
        return false;
    }

    @Override
    public @Nullable String nodeAgents() {
        return cluster.nodeAgents();
    }
}
