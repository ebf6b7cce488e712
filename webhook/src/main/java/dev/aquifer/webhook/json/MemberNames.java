package dev.aquifer.webhook.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of one object's members so far. A name that stands twice means one thing to one reader and another to the
 * next, so whoever decides by an object refuses it. Cheap for the few members of usual objects, linear for any number,
 * and never more than {@link #LIMIT} of them, so that no object fills the memory.
 */
public final class MemberNames {
    /** How many members an object may have: far more than any that is meant to be read. */
    public static final int LIMIT = 10_000;

    private static final int FEW = 16;
    private static final int SPREAD = 0x9e3779b1;

    private final String[] few = new String[FEW];
    private int count;
    /** A bit for each name so far: where a name's own is missing, it is new. */
    private long traces;

    private @Nullable Set<String> many;

    /** Whether the object has as many members as it may have. */
    public boolean full() {
        return many != null && many.size() >= LIMIT;
    }

    /** Adds a name; false when the object has it already. */
    public boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        long trace = 1L << ((name.hashCode() * SPREAD) >>> 26);
        if ((traces & trace) != 0 && isAmongFew(name)) {
            return false;
        }
        traces |= trace;
        if (count == FEW) {
            many = new HashSet<>(Arrays.asList(few));
            return many.add(name);
        }
        few[count++] = name;
        return true;
    }

    private boolean isAmongFew(String name) {
        for (int i = 0; i < count; i++) {
            if (few[i].equals(name)) {
                return true;
            }
        }
        return false;
    }
}
