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

    /**
     * Works until the first logger is made. Vert.x logs as we do, and nobody looks for what else could log: in a native
     * program that look took a quarter of its start.
     */
    void apply() {
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        // else it says on standard error that it was told
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
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
