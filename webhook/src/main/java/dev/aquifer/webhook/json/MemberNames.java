package dev.aquifer.webhook.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of one object's members so far. A name that stands twice means one thing to one reader and another to the
 * next, so whoever decides by an object refuses it. Cheap for the few members of usual objects, linear for any number.
 */
public final class MemberNames {
    private static final int FEW = 16;

    private final String[] few = new String[FEW];
    private int count;
    private @Nullable Set<String> many;

    /** Adds a name; false when the object has it already. */
    public boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        for (int i = 0; i < count; i++) {
            if (few[i].equals(name)) {
                return false;
            }
        }
        if (count == FEW) {
            many = new HashSet<>(Arrays.asList(few));
            return many.add(name);
        }
        few[count++] = name;
        return true;
    }
}
