package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.cluster.VolumeSlot.Unusable;
import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.ClusterSources;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as it stands in objects that were read once: what admission would know of it.
 *
 * @param tenants all namespaces, those without the label too
 * @param withheld why volumes are shared with nobody that there are, a sentence each
 */
public record ClusterPicture(Catalog catalog, Map<String, Tenant> tenants, List<String> withheld) {

    /**
     * What these objects say.
     *
     * @param acceptedByAdmin the owners that every tenant accepts
     */
    public static ClusterPicture of(
            Collection<Namespace> namespaces,
            Collection<GenericKubernetesResource> volumes,
            AcceptedOwners acceptedByAdmin,
            Served served) {
        TenantReader tenantReader = new TenantReader(acceptedByAdmin);
        Map<String, Tenant> tenants = new HashMap<>();
        namespaces.forEach(namespace -> tenants.put(namespace.getMetadata().getName(), tenantReader.read(namespace)));
        served.names().forEach(name -> tenants.put(name, tenantReader.read(TenantReader.assumed(name))));
        VolumeReader reader = new VolumeReader(served);
        List<KnownVolume> shared = new ArrayList<>();
        List<String> withheld = new ArrayList<>();
        for (GenericKubernetesResource volume : volumes) {
            ObjectMeta metadata = volume.getMetadata();
            VolumeSlot slot = reader.read(volume);
            String why = why(slot, tenants.get(metadata.getNamespace()), served);
            if (why != null) {
                withheld.add("SharedVolume %s/%s %s, and is shared with nobody"
                        .formatted(metadata.getNamespace(), metadata.getName(), why));
            } else if (slot instanceof Usable(KnownVolume known)) {
                shared.add(known);
            }
        }
        return new ClusterPicture(Catalog.of(shared), Map.copyOf(tenants), List.copyOf(withheld));
    }

    /** Why nobody gets a volume; null for one that can be had. */
    private static @Nullable String why(VolumeSlot slot, @Nullable Tenant owner, Served served) {
        return switch (slot) {
            case Unusable.UNREADABLE -> "cannot be read by this version";
            case Unusable.DELETED -> "is being deleted";
            case Usable(KnownVolume volume) ->
                // of namespaces that are served by name no label is known, and such a source has no grants there
                !served.everywhere() || ClusterSources.allow(volume, owner)
                        ? null
                        : "is storage of the cluster, which its namespace may not share without the label aquifer.dev/cluster-sources=allowed";
        };
    }

    /** The namespace, or null when no object says anything of it. */
    public @Nullable Tenant tenant(String namespace) {
        return tenants.get(namespace);
    }

    /** Whether admission is asked about the pods of this namespace. */
    public static boolean looksAt(Tenant tenant) {
        return LabelledTenants.labelled(tenant);
    }
}
