package dev.aquifer.webhook.entitlement;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The owner namespaces that a tenant accepts volumes from: named ones, or {@code *} for all.
 *
 * @param cut whether the list named more than count
 */
public record AcceptedOwners(Set<String> names, boolean cut) {
    /** The annotation of a Namespace with its list. */
    public static final String KEY = "aquifer.dev/accept-from";

    /** How many names of a list count: each is looked at for every pod. */
    public static final int MOST = 256;

    private static final String EVERYONE = "*";

    /** Accepts nobody. */
    public static final AcceptedOwners NONE = new AcceptedOwners(Set.of());

    public AcceptedOwners {
        names = Set.copyOf(names);
    }

    /** These, and they are all. */
    public AcceptedOwners(Set<String> names) {
        this(names, false);
    }

    /**
     * Reads a comma-separated list of namespaces such as {@code climate-data, genomes}, of which the first {@link #MOST}
     * count; null and blank accept nobody.
     */
    public static AcceptedOwners parse(@Nullable String list) {
        if (list == null || list.isBlank()) {
            return NONE;
        }
        List<String> counted = items(list).limit(MOST + 1).toList();
        boolean cut = counted.size() > MOST;
        return new AcceptedOwners(Set.copyOf(cut ? counted.subList(0, MOST) : counted), cut);
    }

    /** The items of such a list that nobody can be called. */
    public static List<String> unreadable(String list) {
        return items(list)
                .filter(name -> !name.equals(EVERYONE) && !DnsName.isLabel(name))
                .toList();
    }

    private static Stream<String> items(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** Both lists together, of which the administrator's is never cut. */
    public AcceptedOwners and(AcceptedOwners other) {
        if (other.names.isEmpty()) {
            return this;
        }
        Set<String> all = new HashSet<>(names);
        all.addAll(other.names);
        return new AcceptedOwners(all, cut);
    }

    /** Whether every owner is accepted. */
    public boolean everyone() {
        return names.contains(EVERYONE);
    }

    public boolean contains(String owner) {
        return names.contains(owner) || everyone();
    }
}
