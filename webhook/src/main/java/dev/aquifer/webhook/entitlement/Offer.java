package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Role;
import java.util.List;

/**
 * A volume of which pods of one namespace and service account may take some roles.
 *
 * @param roles at least one, in the volume's own order
 * @param accepted whether the namespace accepts the owner, so that the volume may come unasked or by its short name
 */
public record Offer(KnownVolume volume, List<Role> roles, boolean accepted) {
    public Offer {
        roles = List.copyOf(roles);
    }
}
