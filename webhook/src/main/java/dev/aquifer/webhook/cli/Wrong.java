package dev.aquifer.webhook.cli;

/** Says what is wrong with the value of an option, beginning with its name. */
final class Wrong {
    private Wrong() {}

    /** @throws IllegalArgumentException unless it holds */
    static void unless(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("%s: expected %s, found '%s'".formatted(option, expected, found));
        }
    }
}
