package dev.aquifer.node.cli;

/** Says what is wrong with the value of an option, beginning with its name. */
final class Wrong {
    private Wrong() {}

    static void unless(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw value(option, expected, found);
        }
    }

    static IllegalArgumentException value(String option, String expected, Object found) {
        return new IllegalArgumentException("%s: expected %s, found '%s'".formatted(option, expected, found));
    }
}
