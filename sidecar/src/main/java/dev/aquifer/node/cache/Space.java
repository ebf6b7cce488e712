package dev.aquifer.node.cache;

/**
 * What is left on the cache's file system.
 *
 * @param free for everyone but root
 * @param total inodes are 0 where the file system makes them as needed
 */
public record Space(Usage free, Usage total) {}
