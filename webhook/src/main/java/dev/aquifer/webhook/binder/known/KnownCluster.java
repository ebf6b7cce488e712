package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.objects.PairReader;
import dev.aquifer.webhook.binding.plan.RevokePolicy.AsNoted;
import dev.aquifer.webhook.binding.plan.VolumeState;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.cluster.Watched;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the cluster, all of it from watches, all of it in memory. Nothing is decided on it before everything
 * has been listed once.
 */
public final class KnownCluster implements MeterBinder, AutoCloseable {
    public final Served served;
    public final SharedStore shared;
    final NamespaceStore namespaces;
    public final VolumeStore volumes;
    public final ClaimStore claims;
    final LimitStore limits;
    private final QuotaStore quotas;
    final DriverStore drivers;
    private final @Nullable String nodeAgents;
    private final List<Watched<?>> watched;

    /**
     * Begins with {@link #start}.
     *
     * @param acceptedByAdmin the owners that every namespace accepts
     * @param nodeAgents the namespace of the node agents; null where there are none
     */
    public KnownCluster(
            KubernetesClient client,
            Served served,
            AcceptedOwners acceptedByAdmin,
            HandleRules rules,
            @Nullable String nodeAgents,
            Changes changes) {
        this.nodeAgents = nodeAgents;
        PairReader reader = new PairReader(rules);
        this.served = served;
        shared = new SharedStore(served, changes);
        namespaces = new NamespaceStore(acceptedByAdmin, changes);
        volumes = new VolumeStore(reader, changes);
        claims = new ClaimStore(reader, changes);
        limits = new LimitStore(changes);
        quotas = new QuotaStore(changes);
        drivers = new DriverStore(changes);
        watched = new ArrayList<>(List.of(
                shared.watched(client),
                claims.watched(client, served),
                limits.watched(client, served),
                quotas.watched(client, served)));
        if (served.everywhere()) {
            watched.add(namespaces.watched(client));
            watched.add(volumes.watched(client));
            watched.add(drivers.watched(client));
        }
        served.names().forEach(namespaces::assume);
    }

    @Nullable String nodeAgents() {
        return nodeAgents;
    }

    public void start() {
        watched.forEach(Watched::start);
    }

    public boolean isListed() {
        return watched.stream().allMatch(Watched::isListed);
    }

    public void sample() {
        watched.forEach(Watched::sample);
    }

    public ExistingPairs pairs(String volumeUid) {
        return new ExistingPairs(volumes.ofVolume(volumeUid), claims.ofVolume(volumeUid));
    }

    /**
     * What is left of a shared volume that has gone. Its names are in its pairs' annotations; volumes are asked first,
     * which only administrators may change.
     */
    public VolumeState.Removed leftOf(String uid) {
        String source = Stream.concat(
                        volumes.ofVolume(uid).stream().map(volumes::source),
                        claims.ofVolume(uid).stream().map(claims::source))
                .filter(name -> name.contains("/"))
                .findFirst()
                .orElse("/");
        int slash = source.indexOf('/');
        return new VolumeState.Removed(source.substring(0, slash), source.substring(slash + 1), uid, new AsNoted());
    }

    /** The UIDs of all shared volumes, those included of which only pairs are left. */
    public Set<String> volumeUids() {
        Set<String> uids = new HashSet<>(shared.uids());
        uids.addAll(volumes.uids());
        uids.addAll(claims.uids());
        return uids;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        watched.forEach(one -> one.bindTo(registry));
    }

    @Override
    public void close() {
        watched.forEach(Watched::close);
    }
}
