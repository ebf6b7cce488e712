package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
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
 * @param unreadable {@code owner/name} of the volumes that cannot be read, which are shared with nobody
 */
public record ClusterPicture(Catalog catalog, Map<String, Tenant> tenants, List<String> unreadable) {

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
        VolumeReader volumeReader = new VolumeReader(served);
        List<KnownVolume> readable = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (GenericKubernetesResource volume : volumes) {
            if (volumeReader.read(volume) instanceof Usable(KnownVolume known)) {
                readable.add(known);
            } else {
                unreadable.add(volume.getMetadata().getNamespace() + "/"
                        + volume.getMetadata().getName());
            }
        }
        return new ClusterPicture(Catalog.of(readable), Map.copyOf(tenants), List.copyOf(unreadable));
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
