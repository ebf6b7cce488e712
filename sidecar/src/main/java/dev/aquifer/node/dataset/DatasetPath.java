package dev.aquifer.node.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place below a dataset's root: names joined by '/', at most {@value #DEEPEST} of them, so it cannot escape. The root
 * itself has no names. Immutable.
 */
public record DatasetPath(List<Name> names) {
    /** Directories below one another; deeper ones are no part of a snapshot. */
    public static final int DEEPEST = 1_000;

    /** Bytes of the longest path. */
    public static final int LONGEST = DEEPEST * (Name.LONGEST + 1);

    public static final DatasetPath ROOT = new DatasetPath(List.of());

    public DatasetPath {
        names = List.copyOf(names);
        if (names.size() > DEEPEST) {
            throw new InvalidListing("Expected a path of at most %d names, found %d".formatted(DEEPEST, names.size()));
        }
    }

    /**
     * Reads names joined by '/'; no bytes at all are the root.
     *
     * @throws InvalidListing for an absolute path, an empty name, "." or "..", or one that is too deep
     */
    public static DatasetPath parse(byte[] bytes) {
        if (bytes.length == 0) {
            return ROOT;
        }
        if (bytes.length > LONGEST) {
            throw new InvalidListing("Expected a path of at most %d bytes, found %d".formatted(LONGEST, bytes.length));
        }
        var names = new ArrayList<Name>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                names.add(Name.of(Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return new DatasetPath(names);
    }

    /** A path given as text, in UTF-8: for settings and tests. */
    public static DatasetPath parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The last name; not for the root. */
    public Name last() {
        return names.getLast();
    }

    /** The directory that holds this entry; not for the root. */
    public DatasetPath parent() {
        return new DatasetPath(names.subList(0, names.size() - 1));
    }

    public DatasetPath child(Name name) {
        var longer = new ArrayList<>(names);
        longer.add(name);
        return new DatasetPath(longer);
    }

    /** The names joined by '/'. */
    public byte[] bytes() {
        var joined = new ByteArrayOutputStream();
        for (var name : names) {
            if (joined.size() > 0) {
                joined.write('/');
            }
            joined.writeBytes(name.shared());
        }
        return joined.toByteArray();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatasetPath path && names.equals(path.names);
    }

    /** For people. */
    @Override
    public String toString() {
        return isRoot() ? "." : Shown.bytes(bytes());
    }
}
