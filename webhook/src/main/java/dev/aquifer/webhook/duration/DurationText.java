package dev.aquifer.webhook.duration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations in the form of Go's {@code time.ParseDuration}, which Kubernetes uses everywhere, such as {@code 2s},
 * {@code 1h30m} or {@code 1.5s}; beyond Go, {@code d} is 24 hours. Negative ones are refused.
 */
public final class DurationText {
    private static final Pattern WHOLE = Pattern.compile("0|([0-9]{1,9}(\\.[0-9]{1,9})?(ns|us|µs|ms|s|m|h|d)){1,8}");
    private static final Pattern PART = Pattern.compile("([0-9.]+)([a-zµ]+)");

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with a sentence, when the text has another form
     */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a duration such as 500ms, 2s, 1h30m or 365d, found '%s'"
                    .formatted(text.length() <= 40 ? text : text.substring(0, 40) + "…"));
        }
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(nanosOf(parts.group(2))));
            sum = sum.plus(ofNanos(nanos));
        }
        return sum;
    }

    private static Duration ofNanos(BigDecimal nanos) {
        BigDecimal[] seconds = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        return Duration.ofSeconds(seconds[0].longValueExact(), seconds[1].longValue());
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new IllegalStateException("The pattern lets through the unit " + unit);
        };
    }
}
