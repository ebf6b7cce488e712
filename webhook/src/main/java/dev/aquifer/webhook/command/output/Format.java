package dev.aquifer.webhook.command.output;

import java.util.Locale;

/** How an answer is written. */
public enum Format {
    /** For people. */
    TABLE,
    /** For people, with more columns. */
    WIDE,
    /** One JSON document. */
    JSON,
    /** One YAML document. */
    YAML;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the answer is for people. */
    public boolean forPeople() {
        return this == TABLE || this == WIDE;
    }
}
