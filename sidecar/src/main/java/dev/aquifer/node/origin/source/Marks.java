package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Marked paths as a tree of names.
 *
 * @param here the mark of this place itself, or null
 */
public record Marks(@Nullable Mark here, Map<Name, Marks> below) {
    public Marks {
        below = Map.copyOf(below);
    }

    public static Marks of(Map<DatasetPath, Mark> paths) {
        var names = new HashMap<List<Name>, Mark>();
        paths.forEach((path, mark) -> names.put(path.names(), mark));
        return tree(names);
    }

    private static Marks tree(Map<List<Name>, Mark> paths) {
        var byFirst = new TreeMap<Name, Map<List<Name>, Mark>>();
        paths.forEach((names, mark) -> {
            if (!names.isEmpty()) {
                byFirst.computeIfAbsent(names.getFirst(), name -> new HashMap<>())
                        .put(names.subList(1, names.size()), mark);
            }
        });
        var below = new HashMap<Name, Marks>();
        byFirst.forEach((name, rest) -> below.put(name, tree(rest)));
        return new Marks(paths.get(List.of()), below);
    }
}
