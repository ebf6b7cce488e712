package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.Name;

/** What a name in a source turned out to be. */
public sealed interface Found {
    /** A file or a link. */
    record Leaf(Entry entry) implements Found {}

    /** A directory, which is still to be walked. */
    record Folder(Name name, Attributes attributes) implements Found {}

    /** Nothing that belongs into a snapshot. */
    record Nothing() implements Found {}
}
