package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kubernetes label selector (meta/v1 LabelSelector): all of its terms must hold. An empty one selects everything. */
public record LabelSelector(
        @JsonPropertyDescription("Labels that must have these values.") @Size(max = 32) @Nullable Map<String, @Size(max = Formats.LABEL_VALUE_LENGTH) @Pattern(Formats.LABEL_VALUE) String> matchLabels,

        @JsonPropertyDescription("Further terms, all of which must hold.") @Size(max = 16) @Nullable List<LabelSelectorRequirement> matchExpressions) {}
