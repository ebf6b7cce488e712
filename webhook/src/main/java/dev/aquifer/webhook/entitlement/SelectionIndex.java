package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.entitlement.GrantedVolume.Permission;
import dev.aquifer.webhook.entitlement.GrantedVolume.SelectedRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the volumes whose podSelector and grants may fit a pod and its namespace, in a time that does not grow with the
 * volumes that fit neither. A volume may have some thousand names of namespaces and some thousand values of labels: one
 * of which each pair of the two would be a place lies under the namespaces alone, so that nobody fills the memory with it.
 */
final class SelectionIndex {
    /** So many places a volume may have for the labels of pods. */
    private static final int MOST_PLACES = 512;

    private final GrantIndex<LabelIndex<List<GrantedVolume>>> grants =
            new GrantIndex<>(() -> new LabelIndex<>(ArrayList::new));

    void add(GrantedVolume volume) {
        boolean byPods = mostPlaces(volume) <= MOST_PLACES;
        for (Permission permission : volume.permissions()) {
            List<Selector> selectors = podSelectors(volume, permission);
            if (selectors.isEmpty()) {
                continue;
            }
            for (LabelIndex<List<GrantedVolume>> pods : grants.placesFor(permission)) {
                if (byPods) {
                    selectors.forEach(selector -> put(pods.placesFor(selector), volume));
                } else {
                    put(List.of(pods.unlabelled()), volume);
                }
            }
        }
    }

    /** The product, for each selector of pods lies under each place of each grant. */
    private static long mostPlaces(GrantedVolume volume) {
        long places = 0;
        for (Permission permission : volume.permissions()) {
            long pods = podSelectors(volume, permission).stream()
                    .mapToLong(LabelIndex::mostPlaces)
                    .sum();
            places += pods * GrantIndex.mostPlaces(permission);
        }
        return places;
    }

    private static List<Selector> podSelectors(GrantedVolume volume, Permission permission) {
        List<Selector> selectors = new ArrayList<>();
        for (SelectedRole role : volume.roles()) {
            Selector podSelector = role.podSelector();
            if (podSelector != null && permission.gives(role.role())) {
                selectors.add(podSelector);
            }
        }
        return selectors;
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
