package dev.aquifer.webhook.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces of a grant: those named and those that the selector matches. */
public record NamespaceSet(
        @Nullable List<String> names, @Nullable LabelSelector selector) {}
