package dev.aquifer.webhook.authority;

/**
 * The objects that an authority keeps in its namespace.
 *
 * @param secret the Secret that holds its key
 * @param bundle the ConfigMap in which node agents and origins find whom to trust
 */
public record AuthorityObjects(String secret, String bundle) {}
