package dev.aquifer.node.dataset;

/**
 * A directory.
 *
 * @param content hash of its {@link Directory} record, or of its {@link DirectoryIndex} where it is too large for one
 */
public record DirectoryEntry(Name name, Attributes attributes, Hash content) implements Entry {}
