package dev.aquifer.webhook.command.explain;

import dev.aquifer.webhook.command.explain.PodReport.Container;
import dev.aquifer.webhook.command.explain.PodReport.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a running pod has against what it would get if it were created today; what {@code aquifer explain pod/NAME -o json}
 * prints.
 *
 * @param differences empty when a pod created today would see the same
 */
public record PodComparison(PodReport today, List<Container> now, List<Difference> differences) {

    /**
     * A path at which the two differ.
     *
     * @param now null when it has nothing there
     * @param today null when it would get nothing there
     */
    public record Difference(
            String container,
            String path,
            @Nullable String now,
            @Nullable String today) {}

    static PodComparison of(PodReport today, List<Container> now) {
        Map<String, Map<String, Place>> before = byPath(now);
        Map<String, Map<String, Place>> after = byPath(today.containers());
        List<Difference> differences = new ArrayList<>();
        for (Container container : now) {
            Map<String, Place> has = before.getOrDefault(container.name(), Map.of());
            Map<String, Place> gets = after.getOrDefault(container.name(), Map.of());
            TreeMap<String, Place> all = new TreeMap<>(has);
            all.putAll(gets);
            for (String path : all.keySet()) {
                String old = text(has.get(path));
                String fresh = text(gets.get(path));
                if (!Objects.equals(old, fresh)) {
                    differences.add(new Difference(container.name(), path, old, fresh));
                }
            }
        }
        return new PodComparison(today, now, differences);
    }

    private static Map<String, Map<String, Place>> byPath(List<Container> containers) {
        Map<String, Map<String, Place>> byName = new TreeMap<>();
        for (Container container : containers) {
            Map<String, Place> places = new TreeMap<>();
            container.paths().forEach(place -> places.put(place.path(), place));
            byName.put(container.name(), places);
        }
        return byName;
    }

    private static @Nullable String text(@Nullable Place place) {
        if (place == null) {
            return null;
        }
        if (place.claim() == null) {
            return place.access();
        }
        String below = place.subPath().isEmpty() ? "" : "/" + place.subPath();
        return place.access() + ", claim " + place.claim() + below;
    }
}
