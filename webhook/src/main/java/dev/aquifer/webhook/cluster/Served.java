package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.entitlement.ServedLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces that this program serves: all with the label, or some by name. With names it needs rights in those
 * namespaces alone. It cannot look at Namespaces then, so labels are unknown and grants count by name; and it makes no
 * PersistentVolumes, so a volume reaches pods by a claim of their own namespace only.
 *
 * @param names none for all with the label
 */
public record Served(Set<String> names) {
    /** Every namespace with the label. */
    public static final Served ALL = new Served(Set.of());

    public Served {
        names = Set.copyOf(names);
    }

    public boolean everywhere() {
        return names.isEmpty();
    }

    /** The labels that a namespace surely has which is served by its name. */
    public static Map<String, String> labels(String name) {
        return Map.of(ServedLabel.KEY, ServedLabel.VALUE, "kubernetes.io/metadata.name", name);
    }

    /** The specification with those grants alone that can be served. */
    SharedVolumeSpec seen(String owner, SharedVolumeSpec spec) {
        if (everywhere()) {
            return spec;
        }
        String only = onlyTenant(owner, spec);
        List<Grant> grants = new ArrayList<>();
        for (Grant grant : Objects.requireNonNullElse(spec.access(), List.<Grant>of())) {
            List<String> named = grant.namespaces().names();
            if (only != null && named != null && named.contains(only)) {
                grants.add(new Grant(new NamespaceSet(List.of(only), null), grant.serviceAccounts(), grant.roles()));
            }
        }
        return spec.withAccess(grants);
    }

    /** The namespace whose claim the source is; null when none that is served has one. */
    private @Nullable String onlyTenant(String owner, SharedVolumeSpec spec) {
        Source source = spec.source();
        if (Boolean.TRUE.equals(spec.guardSource()) || spec.readPath() == ReadPath.Cached) {
            return null;
        }
        return names.stream()
                .filter(name -> source.claimIn(name, owner) != null)
                .findFirst()
                .orElse(null);
    }
}
