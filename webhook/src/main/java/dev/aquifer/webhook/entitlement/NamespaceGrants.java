package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.entitlement.GrantedVolume.Permission;
import dev.aquifer.webhook.entitlement.GrantedVolume.SelectedRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one volume grants to whole namespaces, whatever the service accounts of their pods. */
public final class NamespaceGrants {
    private final GrantedVolume volume;

    private NamespaceGrants(GrantedVolume volume) {
        this.volume = volume;
    }

    public static NamespaceGrants of(KnownVolume volume) {
        return new NamespaceGrants(new GrantedVolume(volume));
    }

    /** The roles that some pod of the namespace may take, in the volume's own order. */
    public List<Role> roles(String namespace, Map<String, String> labels) {
        List<Role> granted = new ArrayList<>();
        for (SelectedRole role : volume.roles()) {
            if (covers(role.permissions(), namespace, labels)) {
                granted.add(role.role());
            }
        }
        return granted;
    }

    private static boolean covers(List<Permission> permissions, String namespace, Map<String, String> labels) {
        for (Permission permission : permissions) {
            if (permission.coversNamespace(namespace, labels)) {
                return true;
            }
        }
        return false;
    }
}
