package dev.aquifer.webhook.inject;

/**
 * Something of the pod's own that makes room for something of ours.
 *
 * @param index its place in its array
 */
record Replaced<T>(int index, T by) {}
