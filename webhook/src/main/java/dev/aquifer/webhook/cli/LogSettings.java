package dev.aquifer.webhook.cli;

import org.slf4j.event.Level;

/** What is logged, and in which form. */
record LogSettings(LogFormat format, Level level) {}
