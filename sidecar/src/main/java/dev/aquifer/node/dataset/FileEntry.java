package dev.aquifer.node.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A regular file.
 *
 * @param size bytes
 * @param linkGroup 0 for a file with one name; else the same number for all names of one file (hard links)
 */
public record FileEntry(Name name, Attributes attributes, long size, Version version, long linkGroup) implements Entry {
    public FileEntry {
        if (size < 0) {
            throw new InvalidListing(
                    "Expected a size of '%s' below 2^63, found %s".formatted(name, Long.toUnsignedString(size)));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileEntry file
                && size == file.size
                && linkGroup == file.linkGroup
                && name.equals(file.name)
                && attributes.equals(file.attributes)
                && version.equals(file.version);
    }
}
