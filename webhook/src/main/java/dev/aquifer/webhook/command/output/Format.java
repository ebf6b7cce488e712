package dev.aquifer.webhook.command.output;

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

    /** Whether the answer is for people. */
    public boolean forPeople() {
        return this == TABLE || this == WIDE;
    }
}
