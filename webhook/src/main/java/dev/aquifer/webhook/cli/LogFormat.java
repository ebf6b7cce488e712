package dev.aquifer.webhook.cli;

/** How log lines look. */
enum LogFormat {
    /** One line for people. */
    TEXT,
    /** One JSON object a line, for collectors. */
    JSON
}
