package dev.aquifer.webhook.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LoggingTest {
    private static final String FORGED = "refused \"x\n2026-11-21T12:00:00.000Z INFO  Reviewer admitted\r\u001b[2J\"";

    private final LoggerContext context = new LoggerContext();

    @ParameterizedTest
    @EnumSource
    void whatATenantWritesNeverBeginsALine(LogFormat format) {
        assertThat(encoded(format, FORGED))
                .endsWith("\n")
                .containsOnlyOnce("\n")
                .doesNotContain("\r", "\u001b");
    }

    @ParameterizedTest
    @EnumSource
    void aLineIsASentenceAndNotItsParts(LogFormat format) {
        assertThat(encoded(format, "denied reason={} by={}", "no-role", 3))
                .contains("denied reason=no-role by=3")
                .doesNotContain("reason={}");
    }

    @Test
    void theRestOfTheMessageStays() {
        assertThat(encoded(LogFormat.TEXT, FORGED))
                .contains("refused \"x 2026-11-21T12:00:00.000Z INFO  Reviewer admitted  [2J\"");
    }

    private String encoded(LogFormat format, String message, Object... arguments) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event =
                new LoggingEvent("", context.getLogger(LoggingTest.class), Level.INFO, message, null, arguments);
        byte[] line = Logging.console(format, context).getEncoder().encode(event);
        return new String(line, UTF_8);
    }
}
