package dev.aquifer.webhook.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner's consent: pods of these namespaces that run as these service accounts may take these roles.
 *
 * @param serviceAccounts names, or {@code *} for every one; none given means every one
 */
public record Grant(NamespaceSet namespaces, @Nullable List<String> serviceAccounts, List<String> roles) {}
