package dev.aquifer.webhook.paths;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Which paths of a volume nodes cache: all but those that some role writes, since their readers would not see what is
 * written. A role that writes at all is not served from a cache: it reads through the claim that it writes.
 *
 * @param cached whether the volume is to be cached
 * @param written the topmost paths that some role writes, which snapshots leave out; none where nothing asks for a cache
 */
public record CachedPaths(boolean cached, List<String> written) {
    private static final String ROOT = "/";
    private static final CachedPaths NONE = new CachedPaths(false, List.of());

    public CachedPaths {
        written = List.copyOf(written);
    }

    /** What a specification asks for; asked in every decision, so nothing is looked for in a volume that is not cached. */
    public static CachedPaths of(SharedVolumeSpec spec) {
        if (spec.readPath() != ReadPath.Cached) {
            return NONE;
        }
        List<String> written = new ArrayList<>();
        spec.roles().stream()
                .flatMap(role -> role.paths().stream())
                .filter(rule -> rule.access() == Access.ReadWrite)
                .map(PathRule::path)
                .distinct()
                .sorted()
                .filter(path -> written.stream().noneMatch(top -> PathRule.covers(top, path)))
                .forEach(written::add);
        return new CachedPaths(!written.contains(ROOT), written);
    }

    /** Whether pods of the role read the cache of their node. */
    public boolean serve(Role role) {
        return cached && role.paths().stream().noneMatch(rule -> rule.access() == Access.ReadWrite);
    }

    /** Whether snapshots are without this path. */
    public boolean leaveOut(String path) {
        return written.stream().anyMatch(top -> PathRule.covers(top, path));
    }

    /** The paths without which snapshots are and which a served role sees although it does not name them. */
    public List<String> seenBeside(Role role) {
        return written.stream()
                .filter(path -> {
                    PathRule nearest = role.ruleAt(path);
                    return nearest != null
                            && nearest.access() == Access.ReadOnly
                            && !nearest.path().equals(path);
                })
                .toList();
    }
}
