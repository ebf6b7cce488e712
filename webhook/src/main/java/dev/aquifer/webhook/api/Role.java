package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A named set of paths with an access each.
 *
 * <p>A ReadOnly or Hidden path inside a ReadWrite one must be its direct child: deeper ones are escaped by renaming the
 * parent. Below a Hidden path no mount point can be made, since the directory over it is read-only.
 *
 * @param podSelector the pods that take this role without naming it; none means that it must be named
 */
@ValidationRule(
        value = "self.paths.all(p, self.paths.exists_one(q, q.path == p.path))",
        message = "a path is listed twice: keep one entry for each path",
        fieldPath = ".paths")
@ValidationRule(
        value =
                "self.paths.all(p, !(p.access in ['ReadOnly', 'Hidden']) || self.paths.all(q, q.access != 'ReadWrite' ||"
                        + " (q.path == '/' ? p.path == '/' || !p.path.contains('/') : !p.path.startsWith(q.path + '/') ||"
                        + " !p.path.substring(size(q.path) + 1).contains('/'))))",
        message = "a ReadOnly or Hidden path inside a ReadWrite one must be its direct child, for its parent could be"
                + " renamed: protect the directory right below the ReadWrite path, or make fewer paths ReadWrite",
        fieldPath = ".paths")
@ValidationRule(
        value = "self.paths.all(q, q.access != 'Hidden' || self.paths.all(p, p.access == 'Hidden' ||"
                + " (q.path != '/' && !p.path.startsWith(q.path + '/'))))",
        message =
                "nothing can be shown below a Hidden path: hide its other children one by one instead, or leave '/' out"
                        + " when only some paths are to be seen",
        fieldPath = ".paths")
public record Role(
        @JsonPropertyDescription("What grants and pods call the role.")
        @Required
        @Size(min = 1, max = Formats.DNS_LABEL_LENGTH) @Pattern(Formats.DNS_LABEL) String name,

        @JsonPropertyDescription(
                "The pods that take this role without naming it. Without it the role must be named, or be the"
                        + " default.")
        @Nullable LabelSelector podSelector,

        @JsonPropertyDescription(
                "What pods of this role see, and how. What is not below any of these paths is not there.")
        @Required
        @Size(min = 1, max = 32) List<PathRule> paths,

        @JsonPropertyDescription(
                "Whether pods with an fsGroup may take a role that writes where kubelet gives all files of the source"
                        + " to that group (a local disk, a CSI driver that asks for it). Without it they are refused.")
        @Nullable Boolean allowFsGroup) {
    public Role {
        Objects.requireNonNull(paths, "paths");
    }

    /** The rule that says what may be done at a path: the nearest at or above it; null where the role does not show it. */
    public @Nullable PathRule ruleAt(String path) {
        return nearest(path, PathRule::covers);
    }

    /** The rule that would say it without the one of the path itself: the nearest above it; null where there is none. */
    public @Nullable PathRule ruleAround(String path) {
        return nearest(path, PathRule::isAbove);
    }

    private @Nullable PathRule nearest(String path, BiPredicate<PathRule, String> counts) {
        PathRule nearest = null;
        for (PathRule rule : paths) {
            if (counts.test(rule, path) && (nearest == null || nearest.isAbove(rule.path()))) {
                nearest = rule;
            }
        }
        return nearest;
    }
}
