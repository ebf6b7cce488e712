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
 * @param evictDeadline a duration such as {@code 10m}
 * @param seLinuxLevel the level of pods that write, such as {@code s0:c123,c456}
 */
@ValidationRule(
        value = "!has(self.defaultRole) || self.roles.exists(r, r.name == self.defaultRole)",
        message = "defaultRole names a role that is not in spec.roles: define it there, or name one that is",
        fieldPath = ".defaultRole")
@ValidationRule(
        value = "!has(self.access) || self.access.all(g, g.roles.all(n, self.roles.exists(r, r.name == n)))",
        message = "a grant names a role that is not in spec.roles: define it there, or grant one that is",
        fieldPath = ".access")
@ValidationRule(
        value = "!has(self.access) || self.access.map(g, has(g.namespaces.names) ? size(g.namespaces.names) : 0).sum()"
                + " <= 1024",
        message = "the grants name more than 1024 namespaces in all: give these a label, and grants a selector of it",
        fieldPath = ".access")
@ValidationRule(
        value = "!has(self.readPath) || self.readPath != 'Cached' || has(self.source.persistentVolumeClaim)",
        message = "caches are filled from a claim in this namespace: make a claim for the source and name it in"
                + " source.persistentVolumeClaim, or set readPath: Direct",
        fieldPath = ".readPath")
@ValidationRule(
        value = "!has(self.readPath) || self.readPath != 'Cached' || self.roles.all(r, r.paths.all(p,"
                + " p.path != '/' || p.access != 'ReadWrite'))",
        message =
                "a role writes '/', so that nothing would be left to cache: give it ReadWrite on the directories that it"
                        + " writes, or set readPath: Direct",
        fieldPath = ".readPath")
@ValidationRule(
        value = "!has(self.guardSource) || !self.guardSource || !has(self.source.persistentVolume) ||"
                + " !has(self.source.persistentVolume.claimRef)",
        message = "guardSource works by pairs, and a volume with a claimRef has one claim only: leave guardSource or"
                + " claimRef out",
        fieldPath = ".guardSource")
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

        @JsonPropertyDescription("How nodes cache the volume when readPath is Cached.") @Nullable CacheSpec cache,

        @JsonPropertyDescription(
                "Whether pods of the owner's own namespace, too, get the source by roles only: they are given pairs as"
                        + " tenants are, and no pod may name the source claim itself.")
        @Nullable Boolean guardSource,

        @JsonPropertyDescription(
                "The directory of the node that pods mounted before the data was shared, such as /shared. Pods that"
                        + " mount it as a hostPath get the volume at the same place instead.")
        @Size(min = 1, max = Formats.PATH_LENGTH) @Pattern(Formats.ABSOLUTE_PATH) @ValidationRule(
                value = Formats.NO_SYSTEM_DIRECTORY,
                message = "pods mount a system directory of the node for its own sake: name the directory that held"
                        + " the shared data, such as /shared")
        @Nullable String replacesHostPath,

        @JsonPropertyDescription(
                "How long running pods that lost their grant are asked to leave before their claim is deleted, such as"
                        + " 10m or 1h30m; for onRevoke Evict only.")
        @Default("10m")
        @Size(min = 2, max = Formats.DURATION_LENGTH) @Pattern(Formats.DURATION) @Nullable String evictDeadline,

        @JsonPropertyDescription("Who makes the directories that the paths of roles need.") @Nullable DirectoriesSpec directories,

        @JsonPropertyDescription(
                "The SELinux level of all pods that write, such as s0:c123,c456, on nodes with SELinux: there the files"
                        + " of some sources are relabelled for whichever pod came last, and those of other levels lose"
                        + " them. See status.seLinux.")
        @Size(min = 2, max = Formats.SELINUX_LEVEL_LENGTH) @ValidationRule(
                value = Formats.SELINUX_LEVEL,
                message = "write an SELinux level, such as s0 or s0:c123,c456, as pods have it in"
                        + " securityContext.seLinuxOptions.level")
        @Nullable String seLinuxLevel) {

    /** What has nothing but the essentials. */
    public SharedVolumeSpec(
            Source source,
            String mountPath,
            List<Role> roles,
            @Nullable String defaultRole,
            @Nullable List<Grant> access) {
        this(source, mountPath, null, roles, defaultRole, access, null, null, null, null, null, null, null);
    }

    /** The same with other grants. */
    public SharedVolumeSpec withAccess(List<Grant> other) {
        return new SharedVolumeSpec(
                source,
                mountPath,
                readPath,
                roles,
                defaultRole,
                other,
                onRevoke,
                cache,
                guardSource,
                replacesHostPath,
                evictDeadline,
                directories,
                seLinuxLevel);
    }

    /** Whether missing directories are made by a Job; where not, they are taken to be there. */
    public boolean makesDirectories() {
        return directories == null || !Boolean.FALSE.equals(directories.make());
    }
}
