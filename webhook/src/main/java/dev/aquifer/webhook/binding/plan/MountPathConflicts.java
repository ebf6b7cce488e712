package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.NamespaceGrants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the other volumes that lie at, above or below a volume's mount path in a namespace of both. Of two owners both have
 * to be accepted there: a grant is the owner's word alone, and must neither stand in another's way nor tell who that is.
 */
final class MountPathConflicts {
    private MountPathConflicts() {}

    /**
     * One sentence for each other volume; both volumes get one.
     *
     * @param granted the namespaces in which this volume can be used
     */
    static List<String> of(KnownVolume volume, Set<String> granted, ClusterFacts facts) {
        List<String> sentences = new ArrayList<>();
        facts.sharedVolumes().stream()
                .filter(other -> !other.key().equals(volume.key()) && overlap(volume, other))
                .sorted(Comparator.comparing(KnownVolume::key))
                .forEach(other -> {
                    String common = commonNamespace(volume, other, granted, facts);
                    if (common != null) {
                        sentences.add(
                                "SharedVolumes \"%s\" at %s and \"%s\" at %s overlap, in namespace \"%s\" for one: pods get one of them only; give one another mountPath"
                                        .formatted(
                                                volume.key(),
                                                volume.spec().mountPath(),
                                                other.key(),
                                                other.spec().mountPath(),
                                                common));
                    }
                });
        return sentences;
    }

    private static @Nullable String commonNamespace(
            KnownVolume volume, KnownVolume other, Set<String> granted, ClusterFacts facts) {
        NamespaceGrants grants = NamespaceGrants.of(other);
        for (String name : granted) {
            TenantNamespace namespace = facts.namespace(name);
            if (namespace != null
                    && meet(volume, other, namespace)
                    && !grants.roles(name, namespace.labels()).isEmpty()) {
                return name;
            }
        }
        return null;
    }

    private static boolean meet(KnownVolume one, KnownVolume other, TenantNamespace namespace) {
        return one.owner().equals(other.owner())
                || (namespace.takesFrom(one.owner()) && namespace.takesFrom(other.owner()));
    }

    private static boolean overlap(KnownVolume one, KnownVolume other) {
        String path = one.spec().mountPath();
        String otherPath = other.spec().mountPath();
        return contains(path, otherPath) || contains(otherPath, path);
    }

    private static boolean contains(String path, String below) {
        return below.equals(path) || below.startsWith(path + "/");
    }
}
