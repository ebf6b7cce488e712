package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.entitlement.GrantedVolume.SelectedRole;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which volumes a pod is entitled to, and in which role. What is not granted and what does not exist get the
 * same sentence, so that nobody learns another's volumes by asking.
 *
 * @param podLabels the labels that roles select pods by
 */
public record Entitlement(Catalog catalog, Tenant tenant, String serviceAccount, Map<String, String> podLabels) {

    /** A volume with the roles of it that the pod may take, at least one. */
    private record Visible(GrantedVolume volume, List<SelectedRole> roles) {}

    /** Answers one item of the pod's annotation. */
    public Resolution requested(VolumeRequest request) {
        List<Visible> visible = new ArrayList<>(1);
        for (GrantedVolume candidate : candidates(request)) {
            List<SelectedRole> granted = candidate.grantedTo(tenant, serviceAccount);
            if (!granted.isEmpty()) {
                visible.add(new Visible(candidate, granted));
            }
        }
        return switch (visible.size()) {
            case 0 -> notGranted(request);
            case 1 -> inRole(request, visible.getFirst());
            default -> ambiguousVolume(request, visible);
        };
    }

    /** The volumes that come without being asked for: of accepted owners, by podSelector; ordered by owner and name. */
    public List<Resolution> selected() {
        List<Resolution> resolutions = new ArrayList<>();
        for (GrantedVolume candidate : catalog.selectable(tenant, podLabels)) {
            List<Role> roles = selecting(candidate.grantedTo(tenant, serviceAccount));
            if (roles.size() == 1) {
                resolutions.add(new Granted(candidate.volume(), roles.getFirst()));
            } else if (!roles.isEmpty()) {
                resolutions.add(ambiguousRole(candidate.key(), roles));
            }
        }
        return resolutions;
    }

    private Collection<GrantedVolume> candidates(VolumeRequest request) {
        if (request.owner() == null) {
            return catalog.acceptedOf(request.name(), tenant);
        }
        GrantedVolume named = catalog.find(request.owner(), request.name());
        return named == null ? List.of() : List.of(named);
    }

    private Resolution inRole(VolumeRequest request, Visible visible) {
        KnownVolume volume = visible.volume().volume();
        if (request.role() != null) {
            Role named = named(request.role(), visible.roles());
            return named == null ? notGranted(request) : new Granted(volume, named);
        }
        List<Role> selecting = selecting(visible.roles());
        if (selecting.size() > 1) {
            return ambiguousRole(request.toString(), selecting);
        }
        Role role = selecting.isEmpty() ? named(volume.spec().defaultRole(), visible.roles()) : selecting.getFirst();
        return role == null ? noRole(request, visible.roles()) : new Granted(volume, role);
    }

    private List<Role> selecting(List<SelectedRole> granted) {
        List<Role> roles = new ArrayList<>(1);
        for (SelectedRole role : granted) {
            if (role.selects(podLabels)) {
                roles.add(role.role());
            }
        }
        return roles;
    }

    private static @Nullable Role named(@Nullable String name, List<SelectedRole> granted) {
        for (SelectedRole role : granted) {
            if (role.role().name().equals(name)) {
                return role.role();
            }
        }
        return null;
    }

    private Refused notGranted(VolumeRequest request) {
        return new Refused(
                request.toString(),
                Reason.NOT_GRANTED,
                "volume \"%s\" is not available to service account \"%s\" in namespace \"%s\": it does not exist, its owner grants it no such role here, or its owner is not accepted here; check the name, write owner/name, or ask the owner for a grant"
                        .formatted(request, serviceAccount, tenant.namespace()));
    }

    private Refused noRole(VolumeRequest request, List<SelectedRole> granted) {
        return new Refused(
                request.toString(),
                Reason.NO_ROLE,
                "volume \"%s\" has no role for this pod: no podSelector matches its labels and no default role is granted to it; name one of its roles: %s"
                        .formatted(
                                request,
                                names(granted.stream().map(SelectedRole::role).toList(), request + "@")));
    }

    private static Refused ambiguousRole(String volume, List<Role> roles) {
        return new Refused(
                volume,
                Reason.AMBIGUOUS_ROLE,
                "several roles of volume \"%s\" select this pod; name one of them in annotation %s: %s"
                        .formatted(volume, PodAnnotations.VOLUMES, names(roles, volume + "@")));
    }

    private static Refused ambiguousVolume(VolumeRequest request, List<Visible> volumes) {
        String choices =
                volumes.stream().map(visible -> visible.volume().key()).sorted().collect(Collectors.joining(", "));
        return new Refused(
                request.toString(),
                Reason.AMBIGUOUS_VOLUME,
                "several owners share a volume \"%s\"; name one of them: %s".formatted(request.name(), choices));
    }

    private static String names(List<Role> roles, String prefix) {
        return roles.stream().map(role -> prefix + role.name()).collect(Collectors.joining(", "));
    }
}
