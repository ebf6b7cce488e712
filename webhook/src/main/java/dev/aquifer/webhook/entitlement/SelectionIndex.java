package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.entitlement.GrantedVolume.Permission;
import dev.aquifer.webhook.entitlement.GrantedVolume.SelectedRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the volumes whose podSelector and grants may fit a pod and its namespace, in a time that does not grow with the
 * volumes that fit neither.
 */
final class SelectionIndex {
    private final GrantIndex<LabelIndex<List<GrantedVolume>>> grants =
            new GrantIndex<>(() -> new LabelIndex<>(ArrayList::new));

    void add(GrantedVolume volume) {
        for (SelectedRole role : volume.roles()) {
            Selector podSelector = role.podSelector();
            if (podSelector != null) {
                for (Permission permission : role.permissions()) {
                    grants.placesFor(permission).forEach(pods -> put(pods.placesFor(podSelector), volume));
                }
            }
        }
    }

    private static void put(List<List<GrantedVolume>> places, GrantedVolume volume) {
        for (List<GrantedVolume> place : places) {
            if (place.isEmpty() || place.getLast() != volume) {
                place.add(volume);
            }
        }
    }

    /** Hands over every volume that may fit, some more than once. */
    void find(Tenant tenant, Map<String, String> podLabels, Consumer<GrantedVolume> found) {
        grants.find(tenant, pods -> pods.find(podLabels, place -> place.forEach(found)));
    }
}
