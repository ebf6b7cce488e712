package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.entitlement.InvalidAnnotationException;
import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.Pod;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The containers that get the mounts: all, or those that the pod's annotation names. A guarded role goes to all of them
 * whatever the annotation says.
 *
 * @param names null means all
 */
record Targets(@Nullable Set<String> names) {
    static Targets of(Pod pod) throws InvalidAnnotationException {
        String list = pod.annotation(PodAnnotations.CONTAINERS);
        if (list == null) {
            return new Targets(null);
        }
        Set<String> names = Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (names.isEmpty()) {
            throw new InvalidAnnotationException("annotation " + PodAnnotations.CONTAINERS
                    + " is empty; write a comma-separated list of container names, or leave it out for all of them");
        }
        return new Targets(names);
    }

    /** The names that no container of the pod has. */
    Set<String> missingFrom(Pod pod) {
        if (names == null) {
            return Set.of();
        }
        Set<String> missing = new TreeSet<>(names);
        pod.containers().forEach(container -> missing.remove(container.name()));
        return missing;
    }

    boolean include(Container container) {
        return names == null || names.contains(container.name());
    }

    /** Whether the role goes to containers that the annotation leaves out. */
    boolean overruledBy(Injection injection) {
        return names != null && injection.role().guarded();
    }
}
