package dev.aquifer.webhook.entitlement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All shared volumes that are known at one moment, indexed so that a pod costs only what concerns it. Immutable once
 * made; safe for any number of threads.
 */
public final class Catalog {
    /** No shared volume at all. */
    public static final Catalog EMPTY = of(List.of());

    private final Map<String, Map<String, GrantedVolume>> byOwner = new HashMap<>();
    private final Map<String, GrantIndex<List<GrantedVolume>>> byName = new HashMap<>();
    private final Map<String, SelectionIndex> selectionByOwner = new HashMap<>();
    private final SelectionIndex selection = new SelectionIndex();

    private Catalog() {}

    /** Indexes the volumes, in time linear in their number. */
    public static Catalog of(Collection<KnownVolume> volumes) {
        Catalog catalog = new Catalog();
        volumes.forEach(volume -> catalog.add(new GrantedVolume(volume)));
        return catalog;
    }

    private void add(GrantedVolume granted) {
        KnownVolume volume = granted.volume();
        byOwner.computeIfAbsent(volume.owner(), owner -> new HashMap<>()).put(volume.name(), granted);
        GrantIndex<List<GrantedVolume>> namesakes =
                byName.computeIfAbsent(volume.name(), name -> new GrantIndex<>(ArrayList::new));
        granted.permissions()
                .forEach(permission -> namesakes.placesFor(permission).forEach(place -> place.add(granted)));
        selectionByOwner
                .computeIfAbsent(volume.owner(), owner -> new SelectionIndex())
                .add(granted);
        selection.add(granted);
    }

    /** The volume of this key, {@code owner/name}, granted to somebody or not; null when there is none. */
    public @Nullable KnownVolume volume(String key) {
        int slash = key.indexOf('/');
        GrantedVolume found = slash < 0 ? null : find(key.substring(0, slash), key.substring(slash + 1));
        return found == null ? null : found.volume();
    }

    /** Every volume, ordered by owner and name. */
    Collection<GrantedVolume> all() {
        SortedMap<String, GrantedVolume> all = new TreeMap<>();
        byOwner.values().forEach(owned -> owned.values().forEach(volume -> all.put(volume.key(), volume)));
        return all.values();
    }

    @Nullable GrantedVolume find(String owner, String name) {
        Map<String, GrantedVolume> owned = byOwner.get(owner);
        return owned == null ? null : owned.get(name);
    }

    /** The volumes of this name whose owners the tenant accepts, his own among them, each once; some not granted. */
    Collection<GrantedVolume> acceptedOf(String name, Tenant tenant) {
        Set<GrantedVolume> found = new LinkedHashSet<>();
        if (tenant.accepts().everyone()) {
            GrantIndex<List<GrantedVolume>> namesakes = byName.get(name);
            if (namesakes != null) {
                namesakes.find(tenant, found::addAll);
            }
            return found;
        }
        tenant.owners(owner -> {
            GrantedVolume volume = find(owner, name);
            if (volume != null) {
                found.add(volume);
            }
        });
        return found;
    }

    /** The accepted owners' volumes whose podSelector may fit, each once, ordered by owner and name. */
    Collection<GrantedVolume> selectable(Tenant tenant, Map<String, String> podLabels) {
        SortedMap<String, GrantedVolume> found = new TreeMap<>();
        if (tenant.accepts().everyone()) {
            selection.find(tenant, podLabels, volume -> found.put(volume.key(), volume));
            return found.values();
        }
        tenant.owners(owner -> {
            SelectionIndex index = selectionByOwner.get(owner);
            if (index != null) {
                index.find(tenant, podLabels, volume -> found.put(volume.key(), volume));
            }
        });
        return found.values();
    }
}
