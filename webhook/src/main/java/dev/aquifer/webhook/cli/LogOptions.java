package dev.aquifer.webhook.cli;

import org.slf4j.event.Level;
import picocli.CommandLine.Option;

/** The options that every long-running command has for its log. */
final class LogOptions {
    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text for people, json for log collectors (default: ${DEFAULT-VALUE}).")
    private LogFormat format = LogFormat.TEXT;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description =
                    "error, warn, info, debug or trace (default: ${DEFAULT-VALUE}). At info each refusal of a pod is"
                            + " logged, at debug each decision.")
    private Level level = Level.INFO;

    LogSettings settings() {
        return new LogSettings(format, level);
    }
}
