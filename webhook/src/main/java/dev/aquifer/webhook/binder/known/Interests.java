package dev.aquifer.webhook.binder.known;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What each shared volume's last plan looked at beside its own pairs: when that changes, a new plan is due. */
public final class Interests {
    static final String CLAIM = "claim ";

    private final Map<String, Set<String>> lookups = new ConcurrentHashMap<>();

    static String claim(String namespace, String name) {
        return CLAIM + namespace + "/" + name;
    }

    static String volume(String name) {
        return "volume " + name;
    }

    /** Of which pairs there are volumes for a namespace. */
    static String tenant(String namespace) {
        return "tenant " + namespace;
    }

    static String handle(String handle) {
        return "handle " + handle;
    }

    static String limits(String namespace) {
        return "limits " + namespace;
    }

    /** Of those whom the namespace refused a claim. */
    public static String quota(String namespace) {
        return "quota " + namespace;
    }

    static String driver(String name) {
        return "driver " + name;
    }

    public void set(String volumeUid, Set<String> looked) {
        lookups.put(volumeUid, Set.copyOf(looked));
    }

    /** Beside what is set: until then, or until the volume is forgotten. */
    public void add(String volumeUid, Collection<String> looked) {
        lookups.computeIfPresent(volumeUid, (uid, before) -> {
            Set<String> all = new HashSet<>(before);
            all.addAll(looked);
            return all;
        });
    }

    public void forget(String volumeUid) {
        lookups.remove(volumeUid);
    }

    public List<String> volumesThatLookedAt(String lookup) {
        List<String> volumes = new ArrayList<>();
        lookups.forEach((uid, looked) -> {
            if (looked.contains(lookup)) {
                volumes.add(uid);
            }
        });
        return volumes;
    }
}
