package dev.aquifer.webhook.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in a document a reader stands: the names and indexes that lead there. */
final class JsonPlace {
    private @Nullable String[] names = new String[16];
    private int[] indexes = new int[16];
    private int depth;

    int depth() {
        return depth;
    }

    void enter() {
        depth++;
        if (depth == names.length) {
            names = Arrays.copyOf(names, 2 * depth);
            indexes = Arrays.copyOf(indexes, 2 * depth);
        }
        names[depth] = null;
        indexes[depth] = -1;
    }

    void leaveTo(int outer) {
        depth = outer;
    }

    void name(String name) {
        names[depth] = name;
    }

    void nextIndex() {
        indexes[depth]++;
    }

    /** A JSON pointer (RFC 6901) to what lies this many levels deep. */
    String pointer(int levels) {
        StringBuilder pointer = new StringBuilder();
        for (int level = 1; level <= levels; level++) {
            String name = names[level];
            if (name != null) {
                pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            } else if (indexes[level] >= 0) {
                pointer.append('/').append(indexes[level]);
            }
        }
        return pointer.toString();
    }
}
