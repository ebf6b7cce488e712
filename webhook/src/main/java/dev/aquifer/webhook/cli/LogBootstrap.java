package dev.aquifer.webhook.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/** Logback's own beginning, without a configuration file: warnings as text, until {@link Logging} knows the settings. */
public final class LogBootstrap extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logging.quietLibraries(context);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(Logging.console(LogFormat.TEXT, context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
