package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a shared volume. */
public record SharedVolumeStatus(
        @JsonPropertyDescription("What holds of the volume; Ready sums it up.") @Size(max = 16) @Nullable List<Condition> conditions,

        @JsonPropertyDescription("The number of namespaces in which the volume can be used.") @Min(0) @Nullable Integer boundNamespaces,

        @JsonPropertyDescription("The newest snapshot of a cached volume that a node has.")
        @Size(max = Formats.DNS_SUBDOMAIN_LENGTH) @Nullable String snapshot,

        @JsonPropertyDescription("The nodes that have a cached volume.") @Nullable NodeCounts nodes,

        @JsonPropertyDescription("The PersistentVolume that the source is.")
        @Size(max = Formats.DNS_SUBDOMAIN_LENGTH) @Nullable String sourceVolume,

        @JsonPropertyDescription("The names of the roles, for people: a printer column shows one value only.")
        @Size(max = 1056) @Nullable String roles,

        @JsonPropertyDescription("The revisions that the names of the volume's pairs are made of.") @Nullable PairRevisions revisions,

        @JsonPropertyDescription(
                "The directories of roles that are known to be there; with a slash in front, the subdirectory of the"
                        + " source.")
        @Size(max = 513) @Nullable List<@Size(max = Formats.PATH_LENGTH + 1) String> readyPaths,

        @JsonPropertyDescription("The source that readyPaths are of, as a word that changes with it.")
        @Size(max = 64) @Nullable String readyIn,

        @JsonPropertyDescription(
                "What a pod's fsGroup does to the source's files when the pod may write: Chowned or Kept; not known where"
                        + " it is not set.")
        @Nullable FsGroupEffect fsGroup,

        @JsonPropertyDescription(
                "What nodes with SELinux do to the source's files when a pod may write: Relabelled or Kept; not known"
                        + " where it is not set.")
        @Nullable SeLinuxEffect seLinux,

        @JsonPropertyDescription(
                "The modes in which no namespace gets the volume: admission refuses pods in roles that need one of them.")
        @Size(max = 8) @Nullable List<Withheld> withheld) {
    /** Of a volume that nobody has looked at. */
    public static final SharedVolumeStatus NONE =
            new SharedVolumeStatus(null, null, null, null, null, null, null, null, null, null, null, null);

    /** What is known to become of the source's files. */
    public FileEffects effects() {
        return new FileEffects(fsGroup, seLinux);
    }

    /** A condition (meta/v1 Condition). */
    public record Condition(
            @Required @Size(min = 1, max = 316) @Pattern("^[A-Za-z][-A-Za-z0-9_./]*$") String type,

            @Required @Size(min = 1, max = 7) @Pattern("^(True|False|Unknown)$") String status,

            @Min(0) @Nullable Long observedGeneration,
            @Required @Size(min = 1, max = 64) String lastTransitionTime,

            @Required @Size(min = 1, max = 1024) @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$") String reason,

            @Required @Size(max = 32768) String message) {}
}
