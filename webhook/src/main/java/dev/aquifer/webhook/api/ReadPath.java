package dev.aquifer.webhook.api;

/** Where a pod's reads go: to the source's own storage, or to the cache of its node. */
public enum ReadPath {
    Direct,
    Cached
}
