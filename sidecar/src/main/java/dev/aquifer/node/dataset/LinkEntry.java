package dev.aquifer.node.dataset;

import java.util.Arrays;
import java.util.Objects;

/**
 * A symbolic link. Its target is 1 to 4095 bytes (PATH_MAX of linux/limits.h) without NUL, kept as they are and never
 * followed by us. The array is not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString look into it
public record LinkEntry(Name name, Attributes attributes, byte[] target) implements Entry {
    static final int LONGEST_TARGET = 4095;

    public LinkEntry {
        if (target.length == 0 || target.length > LONGEST_TARGET) {
            throw new InvalidListing("Expected a link target of 1 to %d bytes at '%s', found %d"
                    .formatted(LONGEST_TARGET, name, target.length));
        }
        for (byte b : target) {
            if (b == 0) {
                throw new InvalidListing("Expected a link target without NUL at '%s'".formatted(name));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkEntry link
                && name.equals(link.name)
                && attributes.equals(link.attributes)
                && Arrays.equals(target, link.target);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, attributes, Arrays.hashCode(target));
    }

    @Override
    public String toString() {
        return "LinkEntry[name=%s, attributes=%s, target=%s]".formatted(name, attributes, Shown.bytes(target));
    }
}
