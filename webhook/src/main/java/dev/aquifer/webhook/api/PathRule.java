package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One path of a role, with the access to it.
 *
 * @param path relative to the volume's root; {@code /} is the root itself
 * @param sizeLimit a Kubernetes quantity such as {@code 20Gi}; for {@link Access#Scratch} only
 */
@ValidationRule(
        value = "self.access != 'Scratch' || self.path != '/'",
        message = "Scratch on '/' would leave nothing of the volume: name a directory below it, such as 'scratch'",
        fieldPath = ".access")
@ValidationRule(
        value = "!has(self.sizeLimit) || self.access == 'Scratch'",
        message = "sizeLimit is for Scratch only: leave it out here, or set access: Scratch",
        fieldPath = ".sizeLimit")
public record PathRule(
        @JsonPropertyDescription("The path below the volume's root, such as 'results' or 'a/b'. '/' is the root.")
        @Required
        @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.ROLE_PATH) @ValidationRule(
                value = "self == '/' || (!self.contains(':') && !self.split('/').exists(s, s in ['', '.', '..']))",
                message = "write the path below the volume's root as 'a/b', with no '/' at either end and no"
                        + " '//', '.', '..' or ':' in it; '/' alone is the root")
        String path,

        @JsonPropertyDescription(
                "ReadOnly; ReadWrite; Scratch, an empty directory of the pod's own; or Hidden, an empty directory"
                        + " that cannot be written.")
        @Required
        Access access,

        @JsonPropertyDescription("The most a Scratch path may hold, such as 20Gi. The node's limits hold without it.")
        @Size(min = 1, max = Formats.QUANTITY_LENGTH) @Pattern(Formats.QUANTITY) @ValidationRule(
                value = Formats.MORE_THAN_NOTHING,
                message = "write a quantity above zero, such as 20Gi or 500M")
        @Nullable String sizeLimit) {
    private static final String ROOT = "/";

    public PathRule {
        Objects.requireNonNull(path, "path");
    }

    /** Whether a path of the volume is this one, or lies below it. */
    public boolean covers(String other) {
        return covers(path, other);
    }

    /** Whether a path of the volume lies below this one. */
    public boolean isAbove(String other) {
        return !path.equals(other) && covers(other);
    }

    /** Whether one path of the volume is the other, or has it below. */
    public static boolean covers(String path, String other) {
        return path.equals(ROOT) || other.equals(path) || other.startsWith(path + "/");
    }
}
