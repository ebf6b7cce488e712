package dev.aquifer.webhook.paths;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which directories the paths of roles need: those that are mounted by themselves, and the mount points below a mounted
 * one, since the runtime can make none inside a read-only volume.
 */
public final class RequiredPaths {
    private RequiredPaths() {}

    /** The directories for all roles of a volume, parents before children, each once. */
    public static List<RequiredPath> of(SharedVolumeSpec spec) {
        CachedPaths cached = CachedPaths.of(spec);
        Map<String, Boolean> writable = new TreeMap<>();
        for (Role role : spec.roles()) {
            for (PathRule rule : role.paths()) {
                if (isNeeded(rule, role, cached)) {
                    writable.merge(rule.path(), rule.access() == Access.ReadWrite, Boolean::logicalOr);
                }
            }
        }
        List<RequiredPath> required = new ArrayList<>(writable.size());
        writable.forEach((path, write) -> required.add(new RequiredPath(path, write)));
        return required;
    }

    /** All that has to be known to be there: the directories for all roles, and the volume's root. */
    public static SortedSet<String> names(SharedVolumeSpec spec) {
        SortedSet<String> names = new TreeSet<>();
        of(spec).forEach(path -> names.add(path.path()));
        String root = root(spec);
        if (root != null) {
            names.add(root);
        }
        return names;
    }

    /** Whether nothing is missing. */
    public static boolean areAllIn(SharedVolumeSpec spec, Set<String> ready) {
        return ready.containsAll(names(spec));
    }

    /** Whether pods can be given the volume's root without it being made. */
    public static boolean isRootIn(SharedVolumeSpec spec, Set<String> ready) {
        String root = root(spec);
        return root == null || ready.contains(root);
    }

    /** The first directory that pods of the role need and that is not known to be there; null when all are. */
    public static @Nullable String missing(SharedVolumeSpec spec, Role role, Set<String> ready) {
        if (!isRootIn(spec, ready)) {
            return root(spec);
        }
        CachedPaths cached = CachedPaths.of(spec);
        for (PathRule rule : role.paths()) {
            if (!ready.contains(rule.path()) && isNeeded(rule, role, cached)) {
                return rule.path();
            }
        }
        return cached.serve(role)
                ? cached.seenBeside(role).stream()
                        .filter(path -> !ready.contains(path))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static @Nullable String root(SharedVolumeSpec spec) {
        String subPath = spec.source().subPath();
        return subPath == null ? null : VolumeRoot.name(subPath);
    }

    /** What a cache shows, it shows with all mount points, whether the source has them or not. */
    private static boolean isNeeded(PathRule rule, Role role, CachedPaths cached) {
        boolean shownByCache = cached.serve(role) && !cached.leaveOut(rule.path());
        return !shownByCache && !isRoot(rule) && (isOfTheSource(rule) || hasParent(rule, role));
    }

    private static boolean hasParent(PathRule rule, Role role) {
        return role.paths().stream().anyMatch(other -> isOfTheSource(other) && other.isAbove(rule.path()));
    }

    private static boolean isRoot(PathRule rule) {
        return rule.path().equals("/");
    }

    private static boolean isOfTheSource(PathRule rule) {
        return rule.access() == Access.ReadOnly || rule.access() == Access.ReadWrite;
    }
}
