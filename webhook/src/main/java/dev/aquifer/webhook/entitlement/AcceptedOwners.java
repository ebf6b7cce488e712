package dev.aquifer.webhook.entitlement;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The owner namespaces that a tenant accepts volumes from: named ones, or {@code *} for all. */
public record AcceptedOwners(Set<String> names) {
    private static final String EVERYONE = "*";

    /** Accepts nobody. */
    public static final AcceptedOwners NONE = new AcceptedOwners(Set.of());

    public AcceptedOwners {
        names = Set.copyOf(names);
    }

    /** Reads a comma-separated list of namespaces such as {@code climate-data, genomes}; null and blank accept nobody. */
    public static AcceptedOwners parse(@Nullable String list) {
        if (list == null || list.isBlank()) {
            return NONE;
        }
        Set<String> names = new HashSet<>();
        Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .forEach(names::add);
        return new AcceptedOwners(names);
    }

    /** Both lists together. */
    public AcceptedOwners and(AcceptedOwners other) {
        if (other.names.isEmpty()) {
            return this;
        }
        Set<String> all = new HashSet<>(names);
        all.addAll(other.names);
        return new AcceptedOwners(all);
    }

    /** Whether every owner is accepted. */
    public boolean everyone() {
        return names.contains(EVERYONE);
    }

    public boolean contains(String owner) {
        return names.contains(owner) || everyone();
    }
}
