package dev.aquifer.node.dataset;

/** One entry of a directory. */
public sealed interface Entry permits FileEntry, DirectoryEntry, LinkEntry {
    Name name();

    Attributes attributes();
}
