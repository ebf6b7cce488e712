package dev.aquifer.webhook.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/**
 * The log, to standard output. An event loop never waits for whoever reads it: when the reader is slow, lines are
 * dropped.
 */
final class Logging {
    /** One line each: what tenants write may hold line ends and whatever else moves a terminal's cursor. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} %replace(%msg){'\\p{Cntrl}', ' '}%n";

    private static final int QUEUE = 4096;
    private static final int FLUSH_MILLIS = 1000;

    private Logging() {}

    static void start(LogSettings settings) {
        LoggerContext context = context();
        context.reset();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(QUEUE);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(FLUSH_MILLIS);
        queue.addAppender(console(settings.format(), context));
        queue.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(queue);
        quietLibraries(context);
        context.getLogger("dev.aquifer").setLevel(Level.convertAnSLF4JLevel(settings.level()));
    }

    static void quietLibraries(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        // it warns of each attempt with a stack trace; what fails is logged by us, in a line
        context.getLogger("io.fabric8.kubernetes.client").setLevel(Level.ERROR);
        // a command that the API server starts in no container: whoever asked for it says why
        context.getLogger("io.fabric8.kubernetes.client.dsl.internal.core.v1.PodOperationsImpl")
                .setLevel(Level.OFF);
    }

    /** Writes out what is queued. */
    static void stop() {
        context().stop();
    }

    static ConsoleAppender<ILoggingEvent> console(LogFormat format, LoggerContext context) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder(format, context));
        console.start();
        return console;
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
        return switch (format) {
            case TEXT -> {
                PatternLayoutEncoder text = new PatternLayoutEncoder();
                text.setContext(context);
                text.setPattern(PATTERN);
                text.start();
                yield text;
            }
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setContext(context);
                // the sentence, in place of a pattern and what stands in its gaps
                json.setWithFormattedMessage(true);
                json.setWithMessage(false);
                json.setWithArguments(false);
                json.start();
                yield json;
            }
        };
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
