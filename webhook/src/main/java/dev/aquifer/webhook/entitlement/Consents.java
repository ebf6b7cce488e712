package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.entitlement.GrantedVolume.Permission;
import dev.aquifer.webhook.entitlement.GrantedVolume.SelectedRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What owners have consented to for the pods of one namespace and service account, for people who ask why. */
public record Consents(Catalog catalog, Tenant tenant, String serviceAccount) {

    /** The grants by which they may take this role, in the volume's own order; none when it is not granted. */
    public List<Consent> of(KnownVolume volume, Role role) {
        List<Grant> access = Objects.requireNonNullElse(volume.spec().access(), List.of());
        List<Consent> consents = new ArrayList<>();
        for (int i = 0; i < access.size(); i++) {
            Permission permission = Permission.of(access.get(i));
            if (permission.roles().contains(role.name()) && permission.covers(tenant, serviceAccount)) {
                consents.add(new Consent(i, access.get(i)));
            }
        }
        return consents;
    }

    /** The volumes that somebody may mean by this, granted or not, ordered by owner and name. */
    public List<KnownVolume> meant(VolumeRequest request) {
        return catalog.all().stream()
                .map(GrantedVolume::volume)
                .filter(volume -> volume.name().equals(request.name())
                        && (request.owner() == null || request.owner().equals(volume.owner())))
                .toList();
    }

    /** Every volume of which they may take a role, ordered by owner and name. */
    public List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        for (GrantedVolume volume : catalog.all()) {
            List<Role> roles = volume.grantedTo(tenant, serviceAccount).stream()
                    .map(SelectedRole::role)
                    .toList();
            if (!roles.isEmpty()) {
                offers.add(new Offer(
                        volume.volume(), roles, tenant.takesFrom(volume.volume().owner())));
            }
        }
        return offers;
    }
}
