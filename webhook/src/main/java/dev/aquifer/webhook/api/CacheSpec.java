package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes cache a shared volume whose read path is {@link ReadPath#Cached}.
 *
 * @param refresh how often the source is looked at for changes: a duration such as {@code 10m}
 * @param prefetch whether nodes fetch all of it before a pod asks
 * @param prefetchNodeSelector labels of the nodes that do so; null for all nodes
 * @param maxBytes the most it may take on a node: a Kubernetes quantity
 * @param megabytesPerSecond what the origin sends to all nodes together at most; null for no bound
 * @param runAsUser the user of the origin, the pod that reads the source for the nodes
 * @param runAsGroup the group of the origin
 */
@ValidationRule(
        value = "!has(self.prefetchNodeSelector) || (has(self.prefetch) && self.prefetch)",
        message = "prefetchNodeSelector says which nodes prefetch; write prefetch: true beside it, or leave it out")
public record CacheSpec(
        @JsonPropertyDescription("How often the source is looked at for changes, such as 10m or 1h30m.")
        @Size(min = 2, max = Formats.DURATION_LENGTH) @Pattern(Formats.DURATION) @Nullable String refresh,

        @JsonPropertyDescription("Whether nodes fetch all of it before a pod asks.") @Nullable Boolean prefetch,

        @JsonPropertyDescription("The labels of the nodes that do so. All nodes with an agent by default.")
        @Size(max = 16) @Nullable Map<String, @Size(max = Formats.LABEL_VALUE_LENGTH) @Pattern(Formats.LABEL_VALUE) String> prefetchNodeSelector,

        @JsonPropertyDescription("The most that it may take on a node, such as 200Gi.")
        @Size(min = 1, max = Formats.QUANTITY_LENGTH) @Pattern(Formats.QUANTITY) @ValidationRule(
                value = Formats.MORE_THAN_NOTHING,
                message = "write a quantity above zero, such as 20Gi or 500M")
        @Nullable String maxBytes,

        @JsonPropertyDescription(
                "Fail: nothing is cached while files of the source cannot be read. Skip: they are left out.")
        @Default("Fail")
        @Nullable OnUnreadable onUnreadable,

        @JsonPropertyDescription(
                "Wait: what is cached waits for files that change all the time. Skip: they are left out.")
        @Default("Wait")
        @Nullable OnChange onChange,

        @JsonPropertyDescription(
                "The most that is read from the source for all nodes together: so many MB each second. No bound by default.")
        @Min(1) @Max(1_000_000) @Nullable Long megabytesPerSecond,

        @JsonPropertyDescription("The user of the pod that reads the source for the nodes. It must be allowed to.")
        @Default("65532")
        @Min(1) @Max(2_147_483_647L) @Nullable Long runAsUser,

        @JsonPropertyDescription("The group of that pod.") @Default("65532") @Min(1) @Max(2_147_483_647L) @Nullable Long runAsGroup) {}
