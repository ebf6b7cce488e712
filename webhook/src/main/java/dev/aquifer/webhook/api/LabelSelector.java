package dev.aquifer.webhook.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kubernetes label selector (meta/v1 LabelSelector): all of its terms must hold. An empty one selects everything. */
public record LabelSelector(
        @Nullable Map<String, String> matchLabels, @Nullable List<LabelSelectorRequirement> matchExpressions) {}
