package dev.aquifer.node.cli;

import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

/** How much is logged to standard output; libraries are quieter than ourselves. */
enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    static OptionSpec option() {
        return Options.optional("--log-level", "LEVEL", "info", "error, warn, info, debug or trace.");
    }

    static LogLevel of(Values values) {
        return values.choice("--log-level", LogLevel.class);
    }

    /** Works until the first logger is made. */
    void apply() {
        set("logFile", "System.out");
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        set("showThreadName", "false");
        set("showShortLogName", "true");
        set("defaultLogLevel", "warn");
        set("log.dev.aquifer", name().toLowerCase(Locale.ROOT));
    }

    private static void set(String key, String value) {
        System.setProperty("org.slf4j.simpleLogger." + key, value);
    }
}
