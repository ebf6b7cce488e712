package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
    private static final Path ALERTS = Path.of("..", "manifests", "chart", "files", "alerts.yaml");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofDays(3650);

    @ParameterizedTest
    @CsvSource({"SERVING, AquiferCertificateExpiresSoon", "AUTHORITY, AquiferAuthorityExpiresSoon"})
    void saysTheSameAsTheAlertOfTheChart(Expiry expiry, String alert) throws IOException {
        Matcher limit = Pattern.compile("alert: " + alert + "\\s+expr: [^<]*< ([0-9]+)\n")
                .matcher(Files.readString(ALERTS));
        assertThat(limit.find()).isTrue();
        Instant end = NOW.plusSeconds(Long.parseLong(limit.group(1)));

        assertThat(expiry.isSoon(end, LONG, NOW)).isFalse();
        assertThat(expiry.isSoon(end.minusSeconds(1), LONG, NOW)).isTrue();
    }
}
