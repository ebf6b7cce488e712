package dev.aquifer.webhook.inject;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which owners a pod does without when more volumes select it than it can take: those with the most, so that no owner
 * can crowd out the others. Does not depend on the order of the volumes.
 */
final class OwnerLimit {
    private OwnerLimit() {}

    /**
     * The owners without whose volumes no more than the limit are left.
     *
     * @param keys of volumes, {@code owner/name}
     */
    static Set<String> over(int limit, Collection<String> keys) {
        if (keys.size() <= limit) {
            return Set.of();
        }
        Map<String, Long> counts =
                keys.stream().collect(Collectors.groupingBy(OwnerLimit::ownerOf, TreeMap::new, Collectors.counting()));
        List<Map.Entry<String, Long>> largestFirst = counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList();
        Set<String> over = new LinkedHashSet<>();
        long left = keys.size();
        for (Map.Entry<String, Long> owner : largestFirst) {
            if (left <= limit) {
                break;
            }
            over.add(owner.getKey());
            left -= owner.getValue();
        }
        return over;
    }

    static String ownerOf(String key) {
        return key.substring(0, key.indexOf('/'));
    }
}
