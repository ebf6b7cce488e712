package dev.aquifer.webhook.binder.known;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Values by key, and by one thing that some of them share. Safe for any thread. */
final class Groups<T> {
    private final Map<String, Map<String, T>> groups = new ConcurrentHashMap<>();

    /** Moves the value of this key; null for a group says that it is in none. */
    void move(String key, @Nullable String from, @Nullable String to, @Nullable T value) {
        if (from != null && !from.equals(to)) {
            groups.computeIfPresent(from, (group, members) -> {
                members.remove(key);
                return members.isEmpty() ? null : members;
            });
        }
        if (to != null && value != null) {
            groups.compute(to, (group, members) -> {
                Map<String, T> all = members == null ? new ConcurrentHashMap<>() : members;
                all.put(key, value);
                return all;
            });
        }
    }

    Collection<T> of(String group) {
        Map<String, T> members = groups.get(group);
        return members == null ? List.of() : List.copyOf(members.values());
    }

    Set<String> keysOf(String group) {
        Map<String, T> members = groups.get(group);
        return members == null ? Set.of() : Set.copyOf(members.keySet());
    }

    Set<String> names() {
        return Set.copyOf(groups.keySet());
    }
}
