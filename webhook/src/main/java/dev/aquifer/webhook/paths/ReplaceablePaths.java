package dev.aquifer.webhook.paths;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import org.jspecify.annotations.Nullable;

/**
 * Paths that lie in what another role writes. Its pods could put a link in their place, and kubelet follows a link in a
 * subPath to any place of the mounted claim (doBindSubPath in kubernetes/pkg/volume/util/subpath). They cannot where a mount
 * of their own stands in the way, right below what they write: no process of a pod can rename that.
 */
public final class ReplaceablePaths {
    private static final String ROOT = "/";

    private ReplaceablePaths() {}

    /** What is wrong with the first such path of any role, and what to do; null where there is none. */
    public static @Nullable String find(SharedVolumeSpec spec) {
        for (Role role : spec.roles()) {
            String found = find(spec, role);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** What is wrong with the first such path of a role, and what to do; null where there is none. */
    public static @Nullable String find(SharedVolumeSpec spec, Role role) {
        for (PathRule rule : role.paths()) {
            if (isMounted(role, rule)) {
                for (Role writer : spec.roles()) {
                    PathRule written = hasAll(spec, writer) ? null : above(rule.path(), writer);
                    if (written != null) {
                        return wrong(role, rule.path(), writer, written.path());
                    }
                }
            }
        }
        return null;
    }

    private static String wrong(Role role, String path, Role writer, String written) {
        return "role \"%s\" mounts \"%s\", where pods of role \"%s\" could put a link to anything in the source, since they write \"%s\": give role \"%s\" all of \"%s\", or list \"%s\" in role \"%s\" with an access other than ReadWrite"
                .formatted(
                        role.name(),
                        path,
                        writer.name(),
                        written,
                        role.name(),
                        written,
                        child(path, written),
                        writer.name());
    }

    /** What of the writer's lets it replace a part of the path; null where nothing does. */
    private static @Nullable PathRule above(String path, Role writer) {
        for (PathRule rule : writer.paths()) {
            if (rule.access() == Access.ReadWrite && rule.isAbove(path) && !keeps(writer, child(path, rule.path()))) {
                return rule;
            }
        }
        return null;
    }

    /** Whether it has a mount there that is none of its own writing. */
    private static boolean keeps(Role writer, String path) {
        return writer.paths().stream().anyMatch(rule -> rule.path().equals(path) && rule.access() != Access.ReadWrite);
    }

    /** Whoever writes all of the claim can give away nothing that he has not got. */
    private static boolean hasAll(SharedVolumeSpec spec, Role writer) {
        return writer.paths().size() == 1
                && writer.paths().getFirst().path().equals(ROOT)
                && spec.source().subPath() == null;
    }

    /** Whether it has a mount of its own: one that shows no more than that around it has none. */
    private static boolean isMounted(Role role, PathRule rule) {
        PathRule around = role.ruleAround(rule.path());
        boolean ofTheSource = rule.access() == Access.ReadOnly || rule.access() == Access.ReadWrite;
        return ofTheSource && (around == null || around.access() != rule.access());
    }

    /** What lies right below the top, on the way to the path. */
    private static String child(String path, String top) {
        int end = path.indexOf('/', top.equals(ROOT) ? 0 : top.length() + 1);
        return end < 0 ? path : path.substring(0, end);
    }
}
