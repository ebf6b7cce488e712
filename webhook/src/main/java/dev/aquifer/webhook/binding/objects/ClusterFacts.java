package dev.aquifer.webhook.binding.objects;

import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceLocation;
import dev.aquifer.webhook.binding.source.SourceVolume;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the cluster. One plan looks at one moment of it, in which what the asker wrote last is in already.
 */
public interface ClusterFacts {
    /** The moment of it. */
    Instant now();

    @Nullable TenantNamespace namespace(String name);

    /** All namespaces, or at least all that are served. */
    Collection<TenantNamespace> namespaces();

    /** All SharedVolumes that can be read and are not being deleted. */
    Collection<KnownVolume> sharedVolumes();

    /** A claim that may be a source: any claim. */
    @Nullable SourceClaim claim(String namespace, String name);

    /** A PersistentVolume that may be a source: any whose name is not reserved. */
    @Nullable SourceVolume volume(String name);

    /** A PersistentVolume with a reserved name, whoever made it. */
    @Nullable ExistingVolume pairVolume(String name);

    /** A claim with a reserved name, whoever made it. */
    @Nullable ExistingClaim pairClaim(String namespace, String name);

    /** The PersistentVolumes with reserved names whose labels name this tenant. */
    Collection<ExistingVolume> pairVolumesFor(String tenant);

    /**
     * The names of all PersistentVolumes with this driver and volumeHandle, the binder's own included.
     *
     * @param handle as {@link SourceLocation#handle} writes it
     */
    Set<String> handleOwners(String handle);

    StorageLimits storageLimits(String namespace);

    /** The fsGroupPolicy of this CSI driver's CSIDriver; null where there is none, or none can be looked at. */
    @Nullable String fsGroupPolicy(String driver);

    /** Whether pairs can be made at all: not where only some namespaces are looked at, and no PersistentVolume. */
    boolean makesPairs();

    /** Whether the pair may have a new name now; one that had several of late has to wait. */
    boolean mayRaise(PairIdentity pair);

    /** The namespace of the node agents; null where there are none. */
    @Nullable String nodeAgents();
}
