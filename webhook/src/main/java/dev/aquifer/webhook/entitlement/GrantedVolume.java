package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A known volume with its roles and grants made ready for matching. */
final class GrantedVolume {
    private final KnownVolume volume;
    private final List<SelectedRole> roles;
    private final List<Permission> permissions;

    /** A role with the selector of the pods that take it unnamed. */
    record SelectedRole(Role role, @Nullable Selector podSelector) {
        boolean selects(Map<String, String> podLabels) {
            return podSelector != null && podSelector.matches(podLabels);
        }
    }

    /** One grant. */
    record Permission(Set<String> names, @Nullable Selector selector, Set<String> accounts, Set<String> roles) {
        static Permission of(Grant grant) {
            return new Permission(
                    grant.namespaces().names() == null
                            ? Set.of()
                            : Set.copyOf(grant.namespaces().names()),
                    grant.namespaces().selector() == null
                            ? null
                            : Selector.of(grant.namespaces().selector()),
                    grant.serviceAccounts() == null ? Set.of("*") : Set.copyOf(grant.serviceAccounts()),
                    Set.copyOf(grant.roles()));
        }

        boolean covers(Tenant tenant, String serviceAccount) {
            return (names.contains(tenant.namespace()) || (selector != null && selector.matches(tenant.labels())))
                    && (accounts.contains("*") || accounts.contains(serviceAccount));
        }
    }

    GrantedVolume(KnownVolume volume) {
        this.volume = volume;
        this.roles = volume.spec().roles().stream()
                .map(role ->
                        new SelectedRole(role, role.podSelector() == null ? null : Selector.of(role.podSelector())))
                .toList();
        this.permissions = volume.spec().access() == null
                ? List.of()
                : volume.spec().access().stream().map(Permission::of).toList();
    }

    KnownVolume volume() {
        return volume;
    }

    List<SelectedRole> roles() {
        return roles;
    }

    List<Permission> permissions() {
        return permissions;
    }

    /** The roles that pods of this namespace and service account may take, in the volume's own order. */
    List<SelectedRole> grantedTo(Tenant tenant, String serviceAccount) {
        Set<String> names = new HashSet<>();
        for (Permission permission : permissions) {
            if (permission.covers(tenant, serviceAccount)) {
                names.addAll(permission.roles());
            }
        }
        if (names.isEmpty()) {
            return List.of();
        }
        List<SelectedRole> granted = new ArrayList<>();
        for (SelectedRole role : roles) {
            if (names.contains(role.role().name())) {
                granted.add(role);
            }
        }
        return granted;
    }
}
