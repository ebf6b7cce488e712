package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the directories that the paths of roles need.
 *
 * @param make false where the owner makes them by hand, which pods then rely on
 * @param runAsUser the user of the Job that makes them; it must be allowed to write the source's root
 * @param runAsGroup the group of that Job, and so of the directories that it makes
 */
public record DirectoriesSpec(
        @JsonPropertyDescription(
                "Whether missing directories are made, once, by a Job in this namespace. Set it to false where no Job can"
                        + " run or write, and make them by hand before pods come. Nobody looks then whether the source's"
                        + " subdirectory is there either: kubelet makes an empty one that is not.")
        @Default("true")
        @Nullable Boolean make,

        @JsonPropertyDescription("The user of that Job. It must be allowed to write the source.")
        @Default("65532")
        @Min(1) @Max(2_147_483_647L) @Nullable Long runAsUser,

        @JsonPropertyDescription("The group of that Job, which the directories that roles write will belong to.")
        @Default("65532")
        @Min(1) @Max(2_147_483_647L) @Nullable Long runAsGroup) {}
