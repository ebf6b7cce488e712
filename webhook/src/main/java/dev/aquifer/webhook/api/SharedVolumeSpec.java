package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shared, where pods see it, and who may do what with it.
 *
 * @param mountPath absolute; the paths of the roles are relative to it
 * @param defaultRole for pods that ask for the volume, match no podSelector and name no role
 */
@ValidationRule(
        value = "!has(self.defaultRole) || self.roles.exists(r, r.name == self.defaultRole)",
        message = "defaultRole names a role that is not in spec.roles: define it there, or name one that is",
        fieldPath = ".defaultRole")
@ValidationRule(
        value = "!has(self.access) || self.access.all(g, g.roles.all(n, self.roles.exists(r, r.name == n)))",
        message = "a grant names a role that is not in spec.roles: define it there, or grant one that is",
        fieldPath = ".access")
public record SharedVolumeSpec(
        @JsonPropertyDescription("Where the data lies. Exactly one of its members, and perhaps a subdirectory.")
        @Required
        Source source,

        @JsonPropertyDescription("Where pods see the volume, such as /shared. The paths of the roles are below it.")
        @Required
        @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.ABSOLUTE_PATH) @ValidationRule(
                value = "self.startsWith('/') && !self.contains(':') && (self == '/' ||"
                        + " !self.substring(1).split('/').exists(s, s in ['', '.', '..']))",
                message =
                        "write an absolute path as '/a/b', with no '/' at the end and no '//', '.', '..' or ':' in it")
        @ValidationRule(
                value = Formats.NO_SYSTEM_DIRECTORY,
                message = "the path is, covers or lies under a directory that containers need themselves (/, /bin,"
                        + " /boot, /dev, /etc, /lib*, /proc, /run, /sbin, /sys, /usr, /var/run): choose one of"
                        + " its own, such as /shared or /data/ref")
        String mountPath,

        @JsonPropertyDescription(
                "Direct: pods read the source's own storage. Cached: they read the cache of their node.")
        @Default("Direct")
        @Nullable ReadPath readPath,

        @JsonPropertyDescription("What pods may do with which paths.") @Required @Size(min = 1, max = 16) List<Role> roles,

        @JsonPropertyDescription("The role of pods that ask for the volume, match no podSelector and name no role.")
        @Size(min = 1, max = Formats.DNS_LABEL_LENGTH) @Nullable String defaultRole,

        @JsonPropertyDescription("Who may take which roles. Nothing is shared without it.") @Size(max = 64) @Nullable List<Grant> access,

        @JsonPropertyDescription("What becomes of running pods when their grant is withdrawn.")
        @Default("Keep")
        @Nullable OnRevoke onRevoke,

        @JsonPropertyDescription("How nodes cache the volume when readPath is Cached.") @Nullable CacheSpec cache) {}
