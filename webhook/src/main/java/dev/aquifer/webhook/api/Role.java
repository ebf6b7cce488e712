package dev.aquifer.webhook.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named set of paths with an access each.
 *
 * @param podSelector the pods that take this role without naming it; none means that it must be named
 */
public record Role(String name, @Nullable LabelSelector podSelector, List<PathRule> paths) {}
