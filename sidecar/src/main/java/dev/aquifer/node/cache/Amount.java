package dev.aquifer.node.cache;

import java.time.Duration;
import java.util.Locale;

/** Sizes and times for people. */
public final class Amount {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Amount() {}

    /** Such as {@code 1.2 GiB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 || value >= 100
                ? "%.0f %s".formatted(value, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Such as {@code 3 s}, {@code 4 min} or {@code 2 h}. */
    public static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return Math.max(1, seconds) + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
