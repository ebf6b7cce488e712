package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.entitlement.GrantedVolume.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Finds what may be granted to a namespace, by its name or its labels, without looking at other namespaces' grants. */
final class GrantIndex<T> {
    private final Map<String, T> byNamespace = new HashMap<>();
    private final LabelIndex<T> bySelector;
    private final Supplier<T> slot;

    /** @param slot makes what stands at one place of the index */
    GrantIndex(Supplier<T> slot) {
        this.slot = slot;
        this.bySelector = new LabelIndex<>(slot);
    }

    /** The places under which something with this grant is to be put. */
    List<T> placesFor(Permission permission) {
        List<T> places = new ArrayList<>();
        permission.names().forEach(name -> places.add(byNamespace.computeIfAbsent(name, key -> slot.get())));
        if (permission.selector() != null) {
            places.addAll(bySelector.placesFor(permission.selector()));
        }
        return places;
    }

    /** The most places that something with this grant can have. */
    static long mostPlaces(Permission permission) {
        Selector selector = permission.selector();
        return permission.names().size() + (selector == null ? 0L : LabelIndex.mostPlaces(selector));
    }

    /** Hands over every place under which a grant to this tenant may stand. */
    void find(Tenant tenant, Consumer<T> found) {
        T named = byNamespace.get(tenant.namespace());
        if (named != null) {
            found.accept(named);
        }
        bySelector.find(tenant.labels(), found);
    }
}
