package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A known volume with its roles and grants made ready for matching. */
final class GrantedVolume {
    private final KnownVolume volume;
    private final String key;
    private final List<Permission> permissions;
    private final List<SelectedRole> roles;

    /**
     * A role with the selector of the pods that take it unnamed.
     *
     * @param permissions the grants that give it
     */
    record SelectedRole(Role role, @Nullable Selector podSelector, List<Permission> permissions) {
        boolean selects(Map<String, String> podLabels) {
            return podSelector != null && podSelector.matches(podLabels);
        }

        boolean grantedTo(Tenant tenant, String serviceAccount) {
            for (Permission permission : permissions) {
                if (permission.covers(tenant, serviceAccount)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One grant. */
    record Permission(Set<String> names, @Nullable Selector selector, Set<String> accounts, Set<String> roles) {
        static Permission of(Grant grant) {
            return new Permission(
                    setOf(grant.namespaces().names()),
                    grant.namespaces().selector() == null
                            ? null
                            : Selector.of(grant.namespaces().selector()),
                    grant.serviceAccounts() == null ? Set.of("*") : Set.copyOf(grant.serviceAccounts()),
                    Set.copyOf(grant.roles()));
        }

        private static Set<String> setOf(@Nullable List<String> names) {
            return names == null ? Set.of() : Set.copyOf(names);
        }

        boolean gives(Role role) {
            return roles.contains(role.name());
        }

        boolean covers(Tenant tenant, String serviceAccount) {
            return coversNamespace(tenant.namespace(), tenant.labels())
                    && (accounts.contains("*") || accounts.contains(serviceAccount));
        }

        boolean coversNamespace(String namespace, Map<String, String> labels) {
            return names.contains(namespace) || (selector != null && selector.matches(labels));
        }
    }

    GrantedVolume(KnownVolume volume) {
        this.volume = volume;
        this.key = volume.key();
        this.permissions = volume.spec().access() == null
                ? List.of()
                : volume.spec().access().stream().map(Permission::of).toList();
        this.roles = volume.spec().roles().stream().map(this::selected).toList();
    }

    private SelectedRole selected(Role role) {
        return new SelectedRole(
                role,
                role.podSelector() == null ? null : Selector.of(role.podSelector()),
                permissions.stream()
                        .filter(permission -> permission.gives(role))
                        .toList());
    }

    KnownVolume volume() {
        return volume;
    }

    /** {@code owner/name}. */
    String key() {
        return key;
    }

    List<SelectedRole> roles() {
        return roles;
    }

    List<Permission> permissions() {
        return permissions;
    }

    /** The roles that pods of this namespace and service account may take, in the volume's own order. */
    List<SelectedRole> grantedTo(Tenant tenant, String serviceAccount) {
        List<SelectedRole> granted = new ArrayList<>(roles.size());
        for (SelectedRole role : roles) {
            if (role.grantedTo(tenant, serviceAccount)) {
                granted.add(role);
            }
        }
        return granted;
    }
}
