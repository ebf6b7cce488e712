package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.entitlement.GrantedVolume.Permission;
import dev.aquifer.webhook.entitlement.GrantedVolume.SelectedRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the volumes whose podSelector and grants may fit a pod and its namespace, in a time that does not grow with the
 * volumes that fit neither.
 */
final class SelectionIndex {
    private final Map<String, LabelIndex<List<GrantedVolume>>> byNamespace = new HashMap<>();
    private final LabelIndex<LabelIndex<List<GrantedVolume>>> bySelector = new LabelIndex<>(SelectionIndex::podIndex);

    private static LabelIndex<List<GrantedVolume>> podIndex() {
        return new LabelIndex<>(ArrayList::new);
    }

    void add(GrantedVolume volume) {
        for (Permission permission : volume.permissions()) {
            for (SelectedRole role : volume.roles()) {
                Selector podSelector = role.podSelector();
                if (podSelector != null
                        && permission.roles().contains(role.role().name())) {
                    pods(permission).forEach(pods -> put(pods.placesFor(podSelector), volume));
                }
            }
        }
    }

    private List<LabelIndex<List<GrantedVolume>>> pods(Permission permission) {
        List<LabelIndex<List<GrantedVolume>>> indexes = new ArrayList<>();
        permission.names().forEach(name -> indexes.add(byNamespace.computeIfAbsent(name, key -> podIndex())));
        if (permission.selector() != null) {
            indexes.addAll(bySelector.placesFor(permission.selector()));
        }
        return indexes;
    }

    private static void put(Collection<List<GrantedVolume>> places, GrantedVolume volume) {
        for (List<GrantedVolume> place : places) {
            if (place.isEmpty() || place.getLast() != volume) {
                place.add(volume);
            }
        }
    }

    /** Hands over every volume that may fit, some more than once. */
    void find(Tenant tenant, Map<String, String> podLabels, Consumer<GrantedVolume> found) {
        Consumer<LabelIndex<List<GrantedVolume>>> pods = index -> index.find(podLabels, list -> list.forEach(found));
        LabelIndex<List<GrantedVolume>> named = byNamespace.get(tenant.namespace());
        if (named != null) {
            pods.accept(named);
        }
        bySelector.find(tenant.labels(), pods);
    }
}
